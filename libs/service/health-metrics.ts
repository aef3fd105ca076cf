import type { Registry } from 'prom-client';
import { METRICS } from '#libs/platform/metrics';
import type { ServiceHealth } from './health.ts';

/**
 * Shows the health of a service as metrics: whether Kafka and the log answer (parts `kafka`, `log`), and of each part that says so its
 * `role`, how far it is behind (`lagEvents`, `lagSeconds`), and what it gave up on (`deadLetters`).
 */
export function healthMetrics(registry: Registry): (health: ServiceHealth) => void {
  const brokerUp = METRICS.brokerUp.register(registry);
  const logUp = METRICS.logUp.register(registry);
  const roleActive = METRICS.roleActive.register(registry);
  const lagEvents = METRICS.followerLagEvents.register(registry);
  const lagSeconds = METRICS.followerLagSeconds.register(registry);
  const deadLetters = METRICS.deadLetters.register(registry);
  return (health) => {
    // Who stands by, follows nothing: what it followed before is not to be shown any longer.
    for (const gauge of [lagEvents, lagSeconds, deadLetters]) gauge.reset();
    for (const [name, part] of Object.entries(health)) {
      if (name === 'kafka') brokerUp.set(part.status === 'ok' ? 1 : 0);
      if (name === 'log') logUp.set(part.status === 'ok' ? 1 : 0);
      if (typeof part['role'] === 'string') roleActive.set({ role: part['role'] }, part.status === 'ok' ? 1 : 0);
      if (typeof part['lagEvents'] === 'number') lagEvents.set({ follower: name }, part['lagEvents']);
      if (typeof part['lagSeconds'] === 'number') lagSeconds.set({ follower: name }, part['lagSeconds']);
      if (typeof part['deadLetters'] === 'number') deadLetters.set({ handler: name }, part['deadLetters']);
    }
  };
}
