import 'reflect-metadata';
import { runAdapter } from '#libs/registries/adapter';
import { CivilStatusModule } from './adapter.module.ts';

await runAdapter('civil-status', (deps, settings) => CivilStatusModule.forRoot(deps, settings));
