export { ResidentsModule } from './adapter.module.ts';
