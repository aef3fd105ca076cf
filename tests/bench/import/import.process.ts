import { dataDirectory, holdingAbsence, importFile, ownData, startEngine } from '#apps/hub';
import { startTracingBy } from '#libs/telemetry';
import { measure } from '../harness/child.ts';
import { processUsage, type ProcessUsage } from '../harness/process-usage.ts';

export interface ImportInput {
  readonly dataDir: string;
  readonly files: readonly string[];
}

export interface ImportResult {
  readonly records: number;
  readonly events: number;
  readonly quarantined: number;
  /** From opening the data directory to the last record in the log, and to the last verdict in the views. */
  readonly takenSeconds: number;
  readonly seconds: number;
  readonly usage: ProcessUsage;
}

// What `khop import` does where no hub runs.
await measure<ImportInput, ImportResult>(async ({ dataDir, files }, step) => {
  const startedAt = performance.now();
  const seconds = (): number => (performance.now() - startedAt) / 1000;
  const traces = await startTracingBy(process.env, 'khop');
  const directory = dataDirectory(dataDir);
  const owned = await ownData(directory);
  let records = 0;
  let quarantined = 0;
  const engine = await holdingAbsence(owned, async () => {
    const started = await startEngine(directory, owned.store);
    for (const path of files) {
      const report = await importFile(owned, directory, { path, actor: 'bench' }, () => undefined);
      records += report.read;
      quarantined += report.quarantined;
      step(`${records.toLocaleString('en')} records taken in`);
    }
    return started;
  });
  const takenSeconds = seconds();
  await engine.caughtUp();
  const result = { records, quarantined, takenSeconds, seconds: seconds(), usage: processUsage() };
  const events = await owned.store.head();
  await engine.close();
  await owned.close();
  await traces.close();
  return { ...result, events };
});
