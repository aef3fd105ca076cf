import 'reflect-metadata';
import { runAdapter } from '#libs/registries/adapter';

/** The adapter of `enterprise-registry` as a process of its own. */
await runAdapter('enterprise-registry');
