// `npm run audit`: known weaknesses in what the product runs on. A registry that cannot be asked is said, not failed.
import { spawnSync } from 'node:child_process';
import { root } from './compile-api.mjs';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const run = spawnSync(npm, ['audit', '--omit=dev', '--json', '--audit=true'], {
  cwd: root,
  encoding: 'utf8',
});
let report = {};
try {
  report = JSON.parse(run.stdout);
} catch {
  // An answer that is no JSON is no audit.
}
const counts = report.metadata?.vulnerabilities;
if (counts === undefined) {
  console.log('Dependency audit skipped: the registry gives no advisories here.');
  process.exit(0);
}
for (const [name, found] of Object.entries(report.vulnerabilities ?? {})) {
  console.log(`${found.severity}  ${name} ${found.range}`);
}
console.log(`Dependency audit: ${counts.critical} critical, ${counts.high} high, ${counts.total} in all.`);
process.exit(counts.critical + counts.high > 0 ? 1 : 0);
