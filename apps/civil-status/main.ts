import 'reflect-metadata';
import { runAdapter } from '#libs/registries/adapter-service';

/** The adapter of `civil-status` as a process of its own. */
await runAdapter('civil-status');
