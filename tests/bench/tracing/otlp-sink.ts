import { createServer } from 'node:http';

/** Takes spans by OTLP over HTTP, and says to everything that it is well. */
export interface OtlpSink {
  readonly address: string;
  /** Bytes that came in so far. */
  bytes(): number;
  close(): Promise<void>;
}

export async function openOtlpSink(): Promise<OtlpSink> {
  let bytes = 0;
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => (bytes += chunk.length));
    request.on('end', () => response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server without a port');
  return {
    address: `http://127.0.0.1:${address.port}`,
    bytes: () => bytes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
