import type { Command } from 'commander';
import { jsonOption } from '../options.ts';
import { print, printable, table } from '../output.ts';
import { readTopology, type Topology, type TopologyPart, type TopologyService } from '../topology.ts';

/** Options and action of `khop topology`. */
export function defineTopology(command: Command): void {
  command
    .addOption(jsonOption())
    .addHelpText('after', '\nKafka is the one that KHOP_KAFKA names; the other KHOP_KAFKA_… settings hold, too.')
    .action(async ({ json }: { readonly json: boolean }) => {
      const topology = await readTopology(process.env);
      print(json ? JSON.stringify(topology, undefined, 2) : textOf(topology));
    });
}

function textOf({ head, services }: Topology): string {
  if (services.length === 0) return 'No service has told anything of itself in the last seconds.';
  const rows = services.map((service) => [
    service.service,
    printable(service.instance),
    service.version,
    statusOf(service),
    sumOf(service.parts, 'lagEvents', Math.max),
    sumOf(service.parts, 'lagSeconds', Math.max),
    sumOf(service.parts, 'deadLetters', (one, other) => one + other),
    printable(service.address),
  ]);
  const header = ['service', 'instance', 'version', 'status', 'lag', 'lag s', 'dead letters', 'health'];
  const troubles = services.flatMap(({ instance, parts }) =>
    parts
      .filter(({ code }) => code !== null)
      .map(({ name, status, code }) => `${printable(instance)}: ${name} is ${status} (${printable(code ?? '')})`),
  );
  return [
    table(header, rows),
    '',
    `The log ends at ${head === null ? 'a place that nobody has told' : head.toLocaleString('en')}.`,
    ...troubles,
  ].join('\n');
}

/** Of those of whom one is active, who that is. */
function statusOf({ status, parts }: TopologyService): string {
  const role = parts.find(({ name }) => name === 'linker' || name === 'relay');
  return role?.status === 'ok' && status === 'ok' ? 'active' : status;
}

function sumOf(
  parts: readonly TopologyPart[],
  field: 'lagEvents' | 'lagSeconds' | 'deadLetters',
  add: (one: number, other: number) => number,
): string {
  const values = parts.flatMap((part) => part[field] ?? []);
  return values.length === 0 ? '' : values.reduce((one, other) => add(one, other)).toLocaleString('en');
}
