import 'reflect-metadata';
import { runAdapter } from '#libs/registries/adapter-service';

/** The adapter of `residents` as a process of its own. */
await runAdapter('residents');
