import { Module, type DynamicModule } from '@nestjs/common';
import { adapterModule, type AdapterDeps, type AdapterSettings } from '#libs/registries/adapter';

/** The adapter of `civil-status`: takes births, deaths and marriages in, and hands correction requests back. */
@Module({})
export class CivilStatusModule {
  static forRoot(deps: AdapterDeps, settings: AdapterSettings): DynamicModule {
    return adapterModule(CivilStatusModule, 'civil-status', deps, settings);
  }
}
