import {
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Registry } from '#contracts/records';
import { openAdapter, type Adapter, type AdapterDeps } from './adapter.ts';
import type { AdapterSettings } from './adapter.settings.ts';

/** The token under which a registry's adapter can be asked for, such as `adapter:residents`. */
export const adapterToken = (registry: Registry): string => `adapter:${registry}`;

/** Starts an adapter when all modules are there, and so all adapters open; ends it with the application. */
@Injectable()
class AdapterLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #adapter: Adapter;

  constructor(adapter: Adapter) {
    this.#adapter = adapter;
  }

  onApplicationBootstrap(): Promise<void> {
    return this.#adapter.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.#adapter.stop();
  }
}

/** The module of one registry's adapter: all registries have the same, what differs is data. */
export function adapterModule(registry: Registry, deps: AdapterDeps, settings: AdapterSettings): DynamicModule {
  // Nest tells modules apart by their classes: each registry has one of its own.
  class RegistryAdapter {
    readonly registry = registry;
  }
  Module({})(RegistryAdapter);
  return {
    module: RegistryAdapter,
    providers: [
      { provide: adapterToken(registry), useFactory: () => openAdapter(registry, deps, settings) },
      {
        provide: AdapterLifecycle,
        useFactory: (adapter: Adapter) => new AdapterLifecycle(adapter),
        inject: [adapterToken(registry)],
      },
    ],
    exports: [adapterToken(registry)],
  };
}
