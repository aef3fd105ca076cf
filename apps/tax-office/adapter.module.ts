import { Module, type DynamicModule } from '@nestjs/common';
import { adapterModule, type AdapterDeps, type AdapterSettings } from '#libs/registries/adapter';

/** The adapter of `tax-office`: takes taxpayers in, and hands correction requests back. */
@Module({})
export class TaxOfficeModule {
  static forRoot(deps: AdapterDeps, settings: AdapterSettings): DynamicModule {
    return adapterModule(TaxOfficeModule, 'tax-office', deps, settings);
  }
}
