import { Module, type DynamicModule } from '@nestjs/common';
import { adapterModule, type AdapterDeps, type AdapterSettings } from '#libs/registries/adapter';

/** The adapter of `enterprise-registry`: takes enterprises in, and hands correction requests back. */
@Module({})
export class EnterpriseRegistryModule {
  static forRoot(deps: AdapterDeps, settings: AdapterSettings): DynamicModule {
    return adapterModule(EnterpriseRegistryModule, 'enterprise-registry', deps, settings);
  }
}
