import { Module, type DynamicModule } from '@nestjs/common';
import { adapterModule, type AdapterDeps, type AdapterSettings } from '#libs/registries/adapter';

/** The adapter of `residents`: takes residents in, and hands correction requests back. */
@Module({})
export class ResidentsModule {
  static forRoot(deps: AdapterDeps, settings: AdapterSettings): DynamicModule {
    return adapterModule(ResidentsModule, 'residents', deps, settings);
  }
}
