export { TaxOfficeModule } from './adapter.module.ts';
