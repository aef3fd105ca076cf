import type { Command } from 'commander';
import { CHECKS } from '#contracts/verdicts';
import { openViewReader, readStats, readVerdictCounts, statsProjection, verdictsProjection } from '#libs/projections';
import { readingData, type ReadData } from '../data.ts';
import { dataDirOption, jsonOption } from '../options.ts';
import { print, table } from '../output.ts';

interface Options {
  readonly dataDir: string;
  readonly json: boolean;
}

export function addStats(program: Command): void {
  program
    .command('stats')
    .description('what is in the log, how many records there are, and what the checks say')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async ({ dataDir, json }: Options) => {
      const stats = await readingData(dataDir, statsOf);
      print(json ? JSON.stringify(stats, undefined, 2) : describe(stats));
    });
}

type HubStats = Awaited<ReturnType<typeof statsOf>>;

async function statsOf({ directory }: ReadData) {
  const reader = openViewReader(directory.views, statsProjection);
  const verdictReader = openViewReader(directory.views, verdictsProjection);
  try {
    const { position, events, byType, records, quarantine, deadLetters } = readStats(reader);
    return {
      log: { position, events, byType },
      records,
      verdicts: readVerdictCounts(verdictReader),
      quarantine,
      deadLetters,
    };
  } finally {
    reader.close();
    verdictReader.close();
  }
}

function describe({ log, records, verdicts, quarantine, deadLetters }: HubStats): string {
  const rows = Object.entries(records).flatMap(([registry, counts]) =>
    Object.entries(counts).map(([record, count]) => [registry, record, count] as const),
  );
  const checks = CHECKS.map((check) => {
    const { matched, mismatched, notApplicable, byCode } = verdicts[check];
    const codes = Object.entries(byCode).map(([code, count]) => `${code} ${count.toLocaleString('en')}`);
    return [check, matched + mismatched + notApplicable, matched, mismatched, codes.join(' · ')] as const;
  });
  return [
    table(['registry', 'record', 'records'], rows),
    table(['check', 'checked', 'matched', 'mismatched', 'codes'], checks),
    `Log: ${log.events.toLocaleString('en')} events · in quarantine: ${quarantine.toLocaleString('en')} · dead letters: ${deadLetters.toLocaleString('en')}`,
  ].join('\n\n');
}
