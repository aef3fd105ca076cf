import { endTestRun } from './test-run.ts';

/** After a run: ends what its processes have shared. */
export default function tearDown(): void {
  endTestRun(String(process.pid));
}
