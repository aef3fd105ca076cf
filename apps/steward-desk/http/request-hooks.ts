import type { FastifyInstance } from 'fastify';
import { problem, ProblemError } from './problem.ts';
import type { KnownHost } from './known-host.ts';
import type { RateLimit } from './rate-limit.ts';

const COMMON_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
} as const;

const API_POLICY = "default-src 'none'; frame-ancestors 'none'";
/** The page that shows the API loads its own scripts and styles, and nothing from elsewhere. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const isApi = (url: string): boolean => url.startsWith('/api/v') || url.startsWith('/health');

/** What every answer carries, and what every request has to pass before anything of it is read. */
export function guardRequests(server: FastifyInstance, rateOf: RateLimit, isKnownHost: KnownHost): void {
  server.addHook('onRequest', async (request, reply) => {
    const api = isApi(request.raw.url ?? '');
    void reply.headers({
      ...COMMON_HEADERS,
      'Khop-Request-Id': request.id,
      'Content-Security-Policy': api ? API_POLICY : PAGE_POLICY,
      ...(api && { 'Cache-Control': 'no-store' }),
    });
    if (!isKnownHost(request.headers.host)) {
      throw problem(421, 'host-unknown', 'The hub is not to be reached under this name.');
    }
    if (request.raw.url?.startsWith('/health') === true) return;
    const waitSeconds = rateOf(request.ip);
    if (waitSeconds > 0) {
      throw new ProblemError({
        status: 429,
        code: 'rate-limited',
        detail: 'Too many requests from this address.',
        retryAfterSeconds: waitSeconds,
      });
    }
  });
}
