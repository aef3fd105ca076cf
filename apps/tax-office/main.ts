import 'reflect-metadata';
import { runAdapter } from '#libs/registries/adapter';

/** The adapter of `tax-office` as a process of its own. */
await runAdapter('tax-office');
