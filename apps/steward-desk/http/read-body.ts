import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problem } from './problem.ts';

/** A route with this takes the body as it comes, whatever its media type: see `@RouteConfig`. */
export const TAKES_STREAM = { takesStream: true } as const;

export interface BodyBounds {
  readonly maxBodyBytes: number;
  readonly maxBodyDepth: number;
}

/** Reads JSON bodies within bounds; any other media type is for routes that take a stream. */
export function readBodies(server: FastifyInstance, bounds: BodyBounds): void {
  const parseSafely = server.getDefaultJsonParser('error', 'error');

  async function readJson(request: FastifyRequest, payload: Readable): Promise<unknown> {
    const text = await readText(request, payload, bounds.maxBodyBytes);
    if (isDeeperThan(text, bounds.maxBodyDepth)) {
      throw problem(400, 'body-too-deep', `Objects and lists may be nested ${bounds.maxBodyDepth} deep.`);
    }
    return new Promise((resolve, reject) => {
      void parseSafely(request, text, (error, body) => {
        if (error === null) resolve(body);
        else reject(problem(400, 'body-not-json', 'The body is no JSON that the hub takes.'));
      });
    });
  }

  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', async (request: FastifyRequest, payload: Readable) =>
    takesStream(request) ? payload : readJson(request, payload),
  );
  server.addContentTypeParser('*', async (request: FastifyRequest, payload: Readable) => {
    if (takesStream(request)) return payload;
    throw problem(415, 'unsupported-media-type', 'Bodies are application/json.');
  });
}

function takesStream({ routeOptions }: FastifyRequest): boolean {
  return 'takesStream' in routeOptions.config && routeOptions.config.takesStream === true;
}

async function readText(request: FastifyRequest, payload: Readable, maxBytes: number): Promise<string> {
  const tooLarge = problem(413, 'body-too-large', `A body may have ${maxBytes} bytes.`);
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge;
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw problem(400, 'body-not-json', 'The body is not UTF-8.');
  }
}

/** Looks at brackets outside of strings only, before anything is built of the text. */
export function isDeeperThan(json: string, maxDepth: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
}
