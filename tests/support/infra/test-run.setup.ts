import { TEST_RUN } from './test-run.ts';

/** Before a run: names it, so that its processes share what they start. */
export default function setUp(): void {
  process.env[TEST_RUN] = String(process.pid);
}
