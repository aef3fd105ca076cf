export { openProvince, type Province, type ProvinceInput, type ProvinceStatus } from './province.ts';
