import { getContainerRuntimeClient, type StartedTestContainer } from 'testcontainers';
import type { Availability } from './availability.ts';
import type { Service } from './service.ts';

/** Whether there is a Docker, or something like it, that testcontainers finds. */
export async function findDocker(): Promise<Availability<true>> {
  try {
    await getContainerRuntimeClient();
    return { available: true, value: true };
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : 'unknown error';
    return { available: false, reason };
  }
}

/** A container as a service: it keeps its ports and its data over a stop. */
export async function serviceOf(container: StartedTestContainer, ready: () => Promise<void>): Promise<Service> {
  const client = await getContainerRuntimeClient();
  const real = client.container.getById(container.getId());
  return {
    pause: async () => {
      await real.pause();
    },
    resume: async () => {
      await real.unpause();
    },
    stop: async () => {
      await real.stop({ t: 20 });
    },
    kill: async () => {
      await real.kill();
    },
    start: async () => {
      await real.start();
      await ready();
    },
    dispose: async () => {
      await container.stop();
    },
    remains: {},
  };
}
