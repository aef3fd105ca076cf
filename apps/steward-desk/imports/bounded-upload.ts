import { Transform, type Readable } from 'node:stream';
import { problem } from '../http/problem.ts';

/** The bytes as they come, up to a bound: beyond it the stream fails with a problem. */
export function boundedUpload(body: Readable, maxBytes: number, announced: string | undefined): Readable {
  const tooLarge = () => problem(413, 'body-too-large', `A file may have ${maxBytes} bytes.`);
  if (Number(announced ?? 0) > maxBytes) throw tooLarge();
  let bytes = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) done(tooLarge());
      else done(null, chunk);
    },
  });
  const brokenOff = () => bounded.destroy(problem(400, 'upload-broken-off', 'The file broke off before its end.'));
  // Nobody may be reading any more when it fails: the file was refused, say.
  bounded.on('error', () => undefined);
  body.once('error', brokenOff);
  body.once('close', () => {
    if (!body.readableEnded) brokenOff();
  });
  return body.pipe(bounded);
}
