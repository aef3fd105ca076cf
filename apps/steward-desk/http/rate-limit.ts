import type { Clock } from '#libs/platform';

export interface RateBounds {
  readonly requestsPerSecond: number;
  readonly requestBurst: number;
  readonly maxRateAddresses: number;
}

/** How long an address has to wait; 0 when it may go on. */
export type RateLimit = (address: string) => number;

interface Bucket {
  tokens: number;
  at: number;
}

/**
 * A bucket of tokens for each address: it fills at a steady rate, and each request takes one. The addresses that have been seen last are
 * remembered; one that is forgotten begins with a full bucket.
 */
export function createRateLimit(
  { requestsPerSecond, requestBurst, maxRateAddresses }: RateBounds,
  clock: Clock,
): RateLimit {
  const buckets = new Map<string, Bucket>();
  return (address) => {
    const now = clock();
    const bucket = buckets.get(address) ?? { tokens: requestBurst, at: now };
    buckets.delete(address);
    buckets.set(address, bucket);
    if (buckets.size > maxRateAddresses) {
      for (const oldest of buckets.keys()) {
        buckets.delete(oldest);
        break;
      }
    }
    const gained = (Math.max(0, now - bucket.at) / 1_000) * requestsPerSecond;
    bucket.tokens = Math.min(requestBurst, bucket.tokens + gained);
    bucket.at = now;
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / requestsPerSecond);
    bucket.tokens -= 1;
    return 0;
  };
}
