import 'reflect-metadata';
import { runAdapter } from '#libs/registries/adapter';
import { ResidentsModule } from './adapter.module.ts';

await runAdapter('residents', (deps, settings) => ResidentsModule.forRoot(deps, settings));
