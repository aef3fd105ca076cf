import 'reflect-metadata';
import { runAdapter } from '#libs/registries/adapter-service';

/** The adapter of `enterprise-registry` as a process of its own. */
await runAdapter('enterprise-registry');
