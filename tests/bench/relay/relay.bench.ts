import { findKafka } from '../../support/infra/kafka.ts';
import { endTestRun } from '../../support/infra/test-run.ts';
import type { BenchContext } from '../harness/context.ts';
import { runChild } from '../harness/child.ts';
import { count, type Section } from '../harness/section.ts';
import { usageText } from '../import/import.bench.ts';
import type { RelayInput, RelayResult } from './relay.process.ts';

const EVENTS = 100_000;
const FLOOR = { eventsPerSecond: 10_000, ofBare: 0.5 };

/** Relays verdicts from a log to a Kafka on the same machine, and sends the very same messages with kafkajs alone. */
export async function relaySection({ onStep, options, workspace }: BenchContext): Promise<Section> {
  onStep('starting Kafka');
  const kafka = await findKafka();
  if (!kafka.available) throw new Error(kafka.reason);
  try {
    const { brokers, how } = kafka.value;
    const directory = workspace.directory('relay');
    const input: RelayInput = { directory, brokers, events: EVENTS };
    const entry = new URL('./relay.process.js', import.meta.url);
    const { relay, bare, usage } = await runChild<RelayResult>(entry, input, { onStep, profiles: options.profiles });
    workspace.remove(directory);
    return {
      title: 'Relay',
      method: `A log of ${count(EVENTS)} verdicts, told to others on a Kafka on the same machine (${how}) in transactions, from taking over to the last commit. The wall: kafkajs alone, without transactions, sends the very same messages, ready made, in requests of the same size, by the same partitioner. The two take turns; the median of three each.`,
      rows: [
        {
          what: 'from the log to Kafka',
          measured: `${count(relay)} events/s`,
          floor: `${count(FLOOR.eventsPerSecond)} events/s, and ${FLOOR.ofBare} of the wall`,
          wall: `${count(bare)} messages/s, of which ${(relay / bare).toFixed(2)} reached`,
        },
      ],
      details: [
        `Of both together: ${usageText(usage, EVENTS * 8, 'message')} Peak memory ${count(usage.peakMegabytes)} MiB.`,
      ],
    };
  } finally {
    endTestRun(String(process.pid));
  }
}
