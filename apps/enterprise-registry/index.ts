export { EnterpriseRegistryModule } from './adapter.module.ts';
