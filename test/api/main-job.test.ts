import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { registerModel, addModelVersion } from '../support/model.builder.js';
import { registerPrompt } from '../support/prompt.builder.js';
import { createRelease } from '../support/release.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import {
  lowTierCore,
  publishContract,
  registerWorkflow,
  saveOperatingRecord,
} from '../support/workflow.builder.js';
import { createWorld, type World } from '../support/world.js';

const resultFile = new URL('../support/files/promptfoo/gate-pass.results.json', import.meta.url);

const readinessFields = `
  workflowId releaseId releaseDigest stageKey stageRevision tier checklistVersion evaluatedAt complete digest
  order { ok code message }
  gates { area title question complete required completeCount
    checks { id text about mode status requiredHere requiredFrom reason measured required evidence { kind label href }
      evaluatedFrom expiresAt inherited warningOnly clearedBy link waiver { id } answerId } }`;

interface ReadinessAnswer {
  evaluatedAt: string;
  complete: boolean;
  gates: {
    area: string;
    complete: boolean;
    checks: { id: string; status: string; requiredHere: boolean }[];
  }[];
}

interface PromotionAnswer {
  id: string;
  state: string;
  revision: number;
  reviews: { verdict: string; current: boolean; digest: string; staleFields: string[] }[];
}

const promotionFields = 'promotion { id state revision reviews { verdict current digest staleFields } }';

/** Ids of the checks that keep the gates incomplete. */
function blocking(readiness: ReadinessAnswer): string[] {
  const passes = ['pass', 'waived', 'not_applicable'];
  return readiness.gates.flatMap((g) =>
    g.checks.filter((c) => c.requiredHere && !passes.includes(c.status)).map((c) => c.id),
  );
}

let world: World;
let team: StaffedTeam;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
});

afterAll(() => world.close());

async function uploadResults(workflowId: string, suiteId: string, releaseId: string): Promise<void> {
  const query = new URLSearchParams({
    workflowId,
    suiteId,
    releaseId,
    format: 'promptfoo',
    fileName: 'results.json',
  });
  const response = await world.fetch(`/api/eval-uploads?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: await readFile(resultFile),
    as: team.member,
  });
  expect({ status: response.status, body: await response.text() }).toMatchObject({ status: 201 });
}

async function execute(promotionId: string, expectedDigest: string) {
  return world.act<{ promotion: PromotionAnswer | null; readiness: ReadinessAnswer | null }>(
    'promotionExecute',
    `${promotionFields} readiness { ${readinessFields} }`,
    { promotionId, expectedDigest },
    team.member,
  );
}

async function readinessAt(releaseId: string, evaluatedAt: string): Promise<ReadinessAnswer> {
  const { readiness } = await world.gql<{ readiness: ReadinessAnswer }>(
    `query ($releaseId: ID!, $at: DateTime) { readiness(releaseId: $releaseId, stage: "internal", evaluatedAt: $at) { ${readinessFields} } }`,
    { releaseId, at: evaluatedAt },
    { as: team.member },
  );
  return readiness;
}

async function review(promotionId: string, digest: string): Promise<void> {
  await world.mustAct(
    'promotionReview',
    promotionFields,
    { promotionId, digest, verdict: 'approve' },
    team.reviewer,
  );
}

test('a low-tier workflow earns its first stage, through GraphQL alone', async () => {
  const both = (['member', 'reviewer'] as const).map((role) => ({ teamId: team.id, role }));
  const lead = await world.person({ name: 'Lead', teams: both });
  const workflow = await registerWorkflow(world, team, { key: 'route' });
  const [metric] = lowTierCore.successMetrics;
  await publishContract(world, workflow.id, team.member, {
    core: { ...lowTierCore, successMetrics: [{ ...metric, name: 'groundedness' }] },
  });
  const { evalSuite } = await world.mustAct<{ evalSuite: { id: string } }>(
    'evalSuiteCreate',
    'evalSuite { id }',
    { workflowId: workflow.id, key: 'gate', name: 'Gate' },
    team.member,
  );
  const metrics = ['groundedness', 'schema_validity'].map((name) => ({
    name,
    threshold: 0.9,
    minSamples: 20,
  }));
  await world.mustAct(
    'evalSuiteVersionCreate',
    'evalSuiteVersion { version }',
    {
      suiteId: evalSuite.id,
      expectedVersion: 0,
      definition: { metrics, minCasesPerCategory: { success: 3 } },
    },
    team.member,
  );
  const prompt = await registerPrompt(world, team);
  const model = await registerModel(world, team, { temperature: 0.2 });
  const parts = { promptVersionId: prompt.versionId, modelConfigVersionId: model.versionId };
  const first = await createRelease(world, workflow.id, team.member, parts);

  const { promotion } = await world.mustAct<{ promotion: PromotionAnswer }>(
    'promotionRequest',
    promotionFields,
    { workflowId: workflow.id, releaseId: first.id, toStage: 'internal', kind: 'climb' },
    lead,
  );

  // Refused, with exactly what the readiness query gives at that instant.
  const refused = await execute(promotion.id, first.digest);
  expect(refused.readiness).toMatchObject({ complete: false });
  expect(blocking(refused.readiness!)).toEqual(['EV-2', 'RO-5', 'OW-1']);
  const asked = await readinessAt(first.id, refused.readiness!.evaluatedAt);
  expect(JSON.stringify(asked)).toBe(JSON.stringify(refused.readiness));

  // The gates are cleared; a second person approves.
  await uploadResults(workflow.id, evalSuite.id, first.id);
  await saveOperatingRecord(world, workflow.id, team);
  const own = await world.act(
    'promotionReview',
    promotionFields,
    { promotionId: promotion.id, digest: first.digest, verdict: 'approve' },
    lead,
  );
  expect(own.userErrors).toMatchObject([{ code: 'SELF_APPROVAL' }]);
  await review(promotion.id, first.digest);

  // A model parameter changes; the promotion follows; the approval does not.
  const hotter = await addModelVersion(world, model.id, team.member, { temperature: 0.9 });
  const second = await createRelease(world, workflow.id, team.member, {
    ...parts,
    modelConfigVersionId: hotter,
    parentReleaseId: first.id,
  });
  const { promotion: moved } = await world.mustAct<{ promotion: PromotionAnswer }>(
    'promotionRetarget',
    promotionFields,
    { promotionId: promotion.id, expectedRevision: promotion.revision, releaseId: second.id },
    team.member,
  );
  expect(moved.reviews).toHaveLength(1);
  expect(moved.reviews[0]).toMatchObject({ current: false, digest: first.digest });
  expect(moved.reviews[0]!.staleFields.join()).toMatch(/temperature/);
  const late = await world.act(
    'promotionReview',
    promotionFields,
    { promotionId: promotion.id, digest: first.digest, verdict: 'approve' },
    team.reviewer,
  );
  expect(late.userErrors[0]).toMatchObject({
    code: 'APPROVAL_STALE',
    message: expect.stringMatching(/temperature/) as unknown as string,
  });
  expect(blocking((await execute(promotion.id, second.digest)).readiness!)).toEqual(['EV-2', 'RO-5']);

  // Measured and approved again, it succeeds.
  await uploadResults(workflow.id, evalSuite.id, second.id);
  await review(promotion.id, second.digest);
  const done = await execute(promotion.id, second.digest);
  expect(done.userErrors).toEqual([]);
  expect(done.promotion).toMatchObject({ state: 'executed' });
  const { workflow: now } = await world.gql<{ workflow: { stages: unknown[]; version: string } }>(
    'query ($id: ID!) { workflow(id: $id) { version stages { key occupant { release { id } origin to } } } }',
    { id: workflow.id },
    { as: team.member },
  );
  // The contract's failure behaviour was served first, then the release.
  expect(now.version).toBe('1.2');
  expect(now.stages[0]).toEqual({
    key: 'internal',
    occupant: { release: { id: second.id }, origin: 'promotion', to: null },
  });

  const { ledgerVerify } = await world.gql<{ ledgerVerify: { ok: boolean; entries: number } }>(
    'query ($chain: String!) { ledgerVerify(chain: $chain) { ok entries problem } }',
    { chain: workflow.id },
    { as: team.member },
  );
  expect(ledgerVerify).toMatchObject({ ok: true, problem: null });
  expect(ledgerVerify.entries).toBeGreaterThan(10);
});
