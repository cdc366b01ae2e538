import { isAtLeast } from '../../workflow/risk.domain.js';
import { runRefs } from '../eval-evidence.js';
import type { Facts, RunFact, SuiteFact } from '../readiness.facts.js';
import { counted, type Rule } from '../rule.js';

/** What the suite declares as its smoke subset, and nothing beyond it. */
const isOnlySmoke = (suite: SuiteFact, run: RunFact) => {
  const smoke = suite.definition.redteamSmoke;
  return smoke.length > 0 && run.aggregates.plugins.every((plugin) => smoke.includes(plugin));
};
const coversSmoke = (suite: SuiteFact, run: RunFact) =>
  suite.definition.redteamSmoke.every((plugin) => run.aggregates.plugins.includes(plugin));

/** A change of prompts only, below high tier: every other part is what is live. */
function smokeSuffices({ tier, baseline, release }: Facts): boolean {
  if (!baseline || isAtLeast(tier, 'high')) return false;
  const { prompts: _ours, ...here } = release.digests;
  const { prompts: _theirs, ...live } = baseline.digests;
  return JSON.stringify(here) === JSON.stringify(live);
}

/** EV-4: the latest red-team run of the release has no open critical or high finding. */
export const ev4: Rule = (facts) => {
  const place = { to: 'evals' } as const;
  const completed = facts.suites.flatMap((suite) =>
    suite.runs
      .filter((run) => run.kind === 'redteam' && run.status === 'completed')
      .map((run) => ({ suite, run })),
  );
  const smoke = smokeSuffices(facts);
  const enough = completed.filter(
    ({ suite, run }) => !isOnlySmoke(suite, run) || (smoke && coversSmoke(suite, run)),
  );
  const latest = enough.reduce<(typeof enough)[number] | null>(
    (best, one) => (best && best.run.createdAt >= one.run.createdAt ? best : one),
    null,
  );
  const required = smoke
    ? 'a red-team run, the smoke subset at least'
    : 'a red-team run beyond the smoke subset';
  if (!latest) {
    const reason =
      completed.length > 0
        ? 'Only the smoke subset was run, and this release asks for more'
        : 'No completed red-team run of this release';
    return { status: 'pending', reason, required, place };
  }
  const { run } = latest;
  // A successful attack whose severity the file does not tell may be of any.
  const severe = (['critical', 'high', 'unknown'] as const)
    .map((severity) => ({ severity, count: run.aggregates.failingSeverities[severity] ?? 0 }))
    .filter(({ severity, count }) => severity !== 'unknown' || count > 0);
  const found = severe.filter(({ count }) => count > 0);
  const seen = {
    measured: `${counted(run.cases, 'attack')} over ${counted(run.aggregates.plugins.length, 'plugin')}, ${severe.map(({ severity, count }) => `${String(count)} ${severity}`).join(', ')}`,
    required: 'no failing case of critical or high severity',
    evidence: runRefs(
      facts.workflowId,
      enough.map((one) => one.run),
    ),
    evaluatedFrom: run.createdAt,
    ages: true,
    place,
  };
  if (found.length > 0) {
    return {
      status: 'fail',
      reason: `Open findings: ${found.map(({ severity, count }) => `${String(count)} ${severity}`).join(', ')}`,
      ...seen,
    };
  }
  if (run.errored > 0 && run.errored === run.cases)
    return { status: 'pending', reason: 'Every case of the latest red-team run ended in an error', ...seen };
  return { status: 'pass', reason: 'The latest red-team run has no open critical or high finding', ...seen };
};
