/** Appends until it is killed, and tells each acknowledged event in a line: `crash.process.ts DIRECTORY RUN`. */
import { writeSync } from 'node:fs';
import { SqliteEventStore } from '../sqlite.event-store.ts';
import { randomInt } from 'node:crypto';

const STREAMS = 7;
const [directory = '', run = ''] = process.argv.slice(2);
// Small, so that kills fall into checkpoints and anchors as well.
const store = await SqliteEventStore.open({ directory, checkpointPages: 30, anchorMilliseconds: 3 });

for (let batch = 0; ; batch++) {
  const appends = Array.from({ length: randomInt(1, 12) }, (_, index) => ({
    stream: `thing-${randomInt(STREAMS)}`,
    expected: 'any' as const,
    events: [
      {
        id: `${run}/${batch}/${index}`,
        type: 'khop.test.thing-happened.v1',
        schemaVersion: 1,
        occurredAt: '2026-11-22T08:00:00.000Z',
        correlationId: run,
        data: { text: 'x'.repeat(randomInt(2_000)) },
        personal: { text: 'x'.repeat(randomInt(500)) },
      },
    ],
  }));
  const results = await store.append(appends);
  const lines = results.map((result, index) => {
    const { stream, events } = appends[index] ?? { stream: '', events: [] };
    return `${JSON.stringify({ stream, id: events[0]?.id, ...result })}\n`;
  });
  writeSync(process.stdout.fd, lines.join(''));
}
