import 'reflect-metadata';
import { runAdapter } from '#libs/registries/adapter';
import { TaxOfficeModule } from './adapter.module.ts';

await runAdapter('tax-office', (deps, settings) => TaxOfficeModule.forRoot(deps, settings));
