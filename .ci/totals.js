// Adds up what test runs have written: names what was skipped, and ends with the line of totals.
import { readFileSync } from 'node:fs';

const [somethingFailed, ...files] = process.argv.slice(2);
const totals = { passed: 0, failed: 0, skipped: 0 };

for (const file of files) {
  let results;
  try {
    results = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // The run ended before it could write anything.
    totals.failed += 1;
    continue;
  }
  for (const { status, assertionResults } of results.testResults) {
    const skipped = assertionResults.filter((test) => test.status === 'pending' || test.status === 'todo');
    for (const test of skipped) console.log(`skipped: ${test.fullName}`);
    totals.skipped += skipped.length;
    totals.passed += assertionResults.filter((test) => test.status === 'passed').length;
    totals.failed += assertionResults.filter((test) => test.status === 'failed').length;
    // A file that could not be run at all has no results to count.
    if (status === 'failed' && assertionResults.length === 0) totals.failed += 1;
  }
}
if (somethingFailed !== '0' && totals.failed === 0) totals.failed = 1;
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 ? 0 : 1;
