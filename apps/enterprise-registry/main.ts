import 'reflect-metadata';
import { runAdapter } from '#libs/registries/adapter';
import { EnterpriseRegistryModule } from './adapter.module.ts';

await runAdapter('enterprise-registry', (deps, settings) => EnterpriseRegistryModule.forRoot(deps, settings));
