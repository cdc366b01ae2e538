import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { testEngine } from '../support/engine.js';
import { codes, easyPromotions, occupantNumbers, type Promotions } from '../support/promotion.builder.js';
import { asInput, freshKey, rollbacksOf, type Rollbacks } from '../support/rollback.builder.js';
import type { CreatedRelease } from '../support/release.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

const onServer = testEngine() === 'postgres' ? it : it.skip;

let world: World;
let team: StaffedTeam;
beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
});
afterAll(() => world.close());

interface Live {
  promotions: Promotions;
  rollbacks: Rollbacks;
  /** Live before. */
  good: CreatedRelease;
  /** Live now, in internal and limited. */
  bad: CreatedRelease;
}

/** Release 1 was live in two stages, and release 2 has followed it. */
async function twoReleases(): Promise<Live> {
  const promotions = await easyPromotions(world, team);
  const good = promotions.workflow.release;
  await promotions.bring(good, 'internal');
  await promotions.bring(good, 'limited');
  const bad = await promotions.withPrompt(good, 'Worse: {{ticket}}');
  await promotions.bring(bad, 'internal');
  await promotions.bring(bad, 'limited');
  return { promotions, rollbacks: await rollbacksOf(promotions), good, bad };
}

describe('rolling back', () => {
  it('goes back, in one act, in every stage that serves what changed last', async () => {
    const { promotions, rollbacks, good, bad } = await twoReleases();
    const before = await rollbacks.onCall();
    expect(before.live).toMatchObject({ releaseId: bad.id, stageKeys: ['internal', 'limited'] });
    expect(before.lastGood).toMatchObject({ releaseId: good.id, digest: good.digest });
    expect(before.recommendation).toMatchObject({ kind: 'revertRelease', targetReleaseId: good.id });
    const preview = await rollbacks.preview();
    expect(preview).toMatchObject({ targetReleaseId: good.id, targetDigest: good.digest, blockers: [] });
    const { rollback, incident } = await rollbacks.must({ levers: asInput(preview.levers) });
    expect(await occupantNumbers(promotions)).toEqual([1, 1, null, null]);
    expect(rollback).toMatchObject({
      ...{ number: 1, kind: 'rollback', scope: 'stages', stageKeys: ['internal', 'limited'] },
      ...{
        reason: 'It answers nonsense',
        leftReleases: [{ id: bad.id }],
        overlays: [],
        viewerCanReview: false,
      },
      epoch: before.version.epoch + 1,
    });
    expect(rollback.holds.map(({ stageKey }) => stageKey).sort()).toEqual(['internal', 'limited']);
    expect(rollback.quarantines.map(({ release }) => release.id)).toEqual([bad.id, bad.id]);
    expect(incident).toMatchObject({ number: 1, state: 'open', origin: 'rollback' });
    expect(new Date(rollback.askedAt) <= new Date(rollback.appliedAt)).toBe(true);
    const after = await rollbacks.onCall();
    expect(after.version.epoch).toBe(before.version.epoch + 1);
    expect(after.serving.slice(0, 2).map(({ occupancyOrigin }) => occupancyOrigin)).toEqual([
      'revertRelease',
      'revertRelease',
    ]);
    expect(after.openIncidents).toHaveLength(1);
  });

  it('shows beforehand which prompt versions change, by step', async () => {
    const { rollbacks } = await twoReleases();
    const change = [{ step: 'main', before: { version: 2 }, after: { version: 1 } }];
    const asked = async (kind: string) => (await rollbacks.preview({ levers: [{ kind }] })).prompts;
    expect(await asked('revertPrompt')).toEqual(change);
    expect(await asked('revertRelease')).toEqual(change);
    expect(await asked('disable')).toEqual([]);
  });

  it('says what happened to whoever asks again with the same key, and does it once', async () => {
    const { rollbacks } = await twoReleases();
    const asked = { levers: [{ kind: 'disable' }], idempotencyKey: freshKey() };
    const [one, other] = [await rollbacks.must(asked), await rollbacks.must(asked)];
    expect(other.rollback.id).toBe(one.rollback.id);
    const changed = await rollbacks.trigger({ ...asked, levers: [{ kind: 'fallback', to: 'people' }] });
    expect(codes(changed)).toEqual(['CONFLICT']);
  });

  it('tells whoever lost the answer what their own request came to, by its key, and nobody else', async () => {
    const { rollbacks } = await twoReleases();
    const other = await world.person({ organisationRoles: ['responder'] });
    const idempotencyKey = freshKey();
    const found = async (as: Person, workflow = rollbacks.workflowId) => {
      const query = `query ($workflow: String!, $idempotencyKey: String!) {
        rollbackAsked(workflow: $workflow, idempotencyKey: $idempotencyKey) { id number } }`;
      const { body } = await world.raw(query, { workflow, idempotencyKey }, { as });
      return (body.data as { rollbackAsked: { id: string; number: number } | null } | null)?.rollbackAsked;
    };
    await rollbacks.must({ levers: [{ kind: 'disable' }], stageKeys: ['internal'] }, other);
    expect(await found(rollbacks.responder)).toBeNull();
    const { rollback } = await rollbacks.must({ levers: [{ kind: 'disable' }], idempotencyKey });
    expect(await found(rollbacks.responder)).toEqual({ id: rollback.id, number: 2 });
    expect(await found(other)).toBeNull();
    const { rollbacks: elsewhere } = await twoReleases();
    expect(await found(rollbacks.responder, elsewhere.workflowId)).toBeNull();
  });

  onServer('is asked for when its request arrives, however long it takes to read what there is', async () => {
    const { rollbacks } = await twoReleases();
    const owner = new Client({ connectionString: world.engine.url ?? '' });
    await owner.connect();
    await owner.query('BEGIN; LOCK TABLE quarantine IN ACCESS EXCLUSIVE MODE');
    const sentAt = Date.now();
    const asking = rollbacks.must({ levers: [{ kind: 'disable' }] });
    await pause(400);
    await owner.end();
    const { rollback } = await asking;
    // The clock of acts was read a little before anybody could say how long ago the request had arrived.
    expect(Date.parse(rollback.askedAt)).toBeGreaterThan(sentAt - 100);
  });
});
