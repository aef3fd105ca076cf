import 'reflect-metadata';
import { runAdapter } from '#libs/registries/adapter-service';

/** The adapter of `tax-office` as a process of its own. */
await runAdapter('tax-office');
