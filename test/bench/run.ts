import { cpus } from 'node:os';
import { boardBench } from './board.bench.js';
import { decideBench } from './decide.bench.js';
import { ledgerBench } from './ledger.bench.js';
import { memoryBench } from './memory.bench.js';
import { ofrepBench } from './ofrep.bench.js';
import { promotionsBench } from './promotions.bench.js';
import { providerBench } from './provider.bench.js';
import { renderReport, type Bench, type BenchLine } from './report.js';
import { rollbackBench } from './rollback.bench.js';
import { startBench } from './start.bench.js';

const benches: readonly Bench[] = [
  startBench,
  promotionsBench,
  boardBench,
  ledgerBench,
  memoryBench,
  decideBench,
  ofrepBench,
  rollbackBench,
  providerBench,
];

const asked = process.argv.slice(2);
if (asked.includes('--help')) {
  console.log(`Usage: npm run bench [-- NAME…]

Measures the product beside its floor, what a path without its work would take, in the same run, and prints the ratio.
Without a name all of them run, one after the other, each in one to four minutes: ${benches.map(({ name }) => name).join(', ')}.
Nothing else should run meanwhile. Where no PostgreSQL is installed, those that need it say so.`);
  process.exit(0);
}
const unknown = asked.filter((name) => benches.every((bench) => bench.name !== name));
if (unknown.length > 0) {
  throw new Error(`No bench ${unknown.join(', ')}; there are ${benches.map(({ name }) => name).join(', ')}`);
}

const lines: BenchLine[] = [];
for (const bench of benches) {
  if (asked.length > 0 && !asked.includes(bench.name)) continue;
  process.stderr.write(`${bench.name} …\n`);
  lines.push(...(await bench.run()));
}
const [cpu] = cpus();
console.log(`\n${cpus().length} × ${cpu?.model ?? 'unknown processor'}, Node ${process.version}\n`);
console.log(renderReport(lines));
