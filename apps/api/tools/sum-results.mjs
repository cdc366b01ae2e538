// Adds up jest's --json results, one file a run, and prints the sum alone on the last line.
// A run whose file is missing died before it could report: it counts as one failure.
import { existsSync, readFileSync } from 'node:fs';

const sum = { passed: 0, failed: 0, skipped: 0 };
for (const file of process.argv.slice(2)) {
  if (!existsSync(file)) {
    console.log(`No results from ${file}`);
    sum.failed += 1;
    continue;
  }
  const run = JSON.parse(readFileSync(file, 'utf8'));
  sum.passed += run.numPassedTests;
  sum.failed += run.numFailedTests + run.numRuntimeErrorTestSuites;
  sum.skipped += run.numPendingTests + run.numTodoTests;
  for (const suite of run.testResults.filter(({ status }) => status === 'failed')) {
    console.log(`Failed: ${suite.name}`);
  }
}
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exit(sum.failed > 0 || sum.passed === 0 ? 1 : 0);
