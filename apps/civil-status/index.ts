export { CivilStatusModule } from './adapter.module.ts';
