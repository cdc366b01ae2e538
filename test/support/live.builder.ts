import { expect } from '@jest/globals';
import { codes, easyPromotions, type Promotions } from './promotion.builder.js';
import type { CreatedRelease } from './release.builder.js';
import { rollbacksOf, type Rollbacks } from './rollback.builder.js';
import type { StaffedTeam } from './team.builder.js';
import type { Person, World } from './world.js';

export interface Live {
  promotions: Promotions;
  rollbacks: Rollbacks;
  other: Person;
  suiteId: string;
  good: CreatedRelease;
  bad: CreatedRelease;
}

/** Release 1 was live in two stages, and release 2 has followed it; a second person is on call as well. */
export async function liveTwice(world: World, team: StaffedTeam): Promise<Live> {
  const promotions = await easyPromotions(world, team);
  const good = promotions.workflow.release;
  for (const stage of ['internal', 'limited']) await promotions.bring(good, stage);
  const bad = await promotions.withPrompt(good, 'Worse: {{ticket}}');
  for (const stage of ['internal', 'limited']) await promotions.bring(bad, stage);
  const { evalSuite } = await world.mustAct<{ evalSuite: { id: string } }>(
    'evalSuiteCreate',
    'evalSuite { id }',
    { workflowId: promotions.workflow.id, key: 'gate', name: 'Gate' },
    team.member,
  );
  await world.mustAct(
    'evalSuiteVersionCreate',
    'evalSuiteVersion { id }',
    {
      ...{ suiteId: evalSuite.id, expectedVersion: 0 },
      definition: {
        description: 'What it must be',
        metrics: [{ name: 'accuracy', threshold: 0.5, minSamples: 1 }],
        minCasesPerCategory: {},
      },
    },
    team.member,
  );
  const other = await world.person({ organisationRoles: ['responder'] });
  return { promotions, rollbacks: await rollbacksOf(promotions), other, suiteId: evalSuite.id, good, bad };
}

type Measured = Pick<Live, 'promotions' | 'suiteId'>;

export const mendedRelease = ({ promotions }: Pick<Live, 'promotions'>, parent: CreatedRelease) =>
  promotions.withPrompt(parent, `Mended ${String(Math.random())}: {{ticket}}`);

/** Imports a run of this release that has one case, as it is added for an incident. */
export async function measuredOn(
  { promotions: { world, team, workflow }, suiteId }: Measured,
  release: CreatedRelease,
  caseId: string,
  metric = 'accuracy',
): Promise<void> {
  await world.mustAct(
    'evalRunImport',
    'evalRun { id }',
    {
      ...{ workflowId: workflow.id, suiteId, releaseId: release.id },
      plain: {
        ...{ holdpoint: 'eval-run@1', label: 'nightly' },
        cases: [{ caseId, outcome: 'pass', metrics: [{ name: metric, score: 1 }] }],
      },
    },
    team.member,
  );
}

/** A release measured on a case that was added for it, and the promotion that brings it, asked for and approved. */
export async function approvedFix(
  { promotions, suiteId }: Measured,
  { parent, incidentId, toStage }: { parent: CreatedRelease; incidentId: string; toStage: string },
) {
  const { world, team } = promotions;
  const release = await mendedRelease({ promotions }, parent);
  const ask = (caseId: string) =>
    world.act<{ promotion: { id: string; digest: string; moves: { stageKey: string }[] } | null }>(
      'promotionRequest',
      'promotion { id digest moves { stageKey } }',
      {
        ...{ workflowId: promotions.workflow.id, releaseId: release.id, toStage, kind: 'fix' },
        ...{ incidentId, addedCase: { suiteId, caseId } },
      },
      team.member,
    );
  expect(codes(await ask('nonsense-1'))).toEqual(['EVIDENCE_REQUIRED']);
  await measuredOn({ promotions, suiteId }, release, 'nonsense-1');
  const { promotion } = await ask('nonsense-1');
  if (!promotion) throw new Error('The fix was not taken');
  await promotions.review(promotion);
  return { release, promotion };
}
