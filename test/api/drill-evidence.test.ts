import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EffectService } from '../../apps/api/src/modules/telemetry/effect.service.js';
import { liveTwice } from '../support/live.builder.js';
import { makeKey, type KeyHolder } from '../support/key.builder.js';
import { codes } from '../support/promotion.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { Reporter } from '../support/telemetry.builder.js';
import { createWorld, type World } from '../support/world.js';

const day = 86_400_000;

let world: World;
let team: StaffedTeam;
let key: KeyHolder;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  key = await makeKey(world, team.reviewer, { scopes: ['runtime'], teamIds: [team.id] });
}, 120_000);
afterAll(() => world.close());

interface Check {
  id: string;
  status: string;
  reason: string;
  expiresAt: string | null;
}

/** Live in two stages, with an application that runs; and how RO-2 stands for what is live, in the next stage. */
async function rehearsable() {
  const { promotions, rollbacks, bad, good } = await liveTwice(world, team);
  const { key: workflow } = promotions.workflow;
  const query = `query ($releaseId: ID!, $stage: String!) { readiness(releaseId: $releaseId, stage: $stage) { gates { checks { id status reason expiresAt } } } }`;
  const ro2 = async (): Promise<Check | undefined> => {
    const asked = { releaseId: bad.id, stage: 'expanded' };
    const data = await world.gql<{ readiness: { gates: { checks: Check[] }[] } }>(query, asked, {
      as: team.member,
    });
    return data.readiness.gates.flatMap(({ checks }) => checks).find((check) => check.id === 'RO-2');
  };
  return { rollbacks, good, ro2, application: new Reporter(world, key, `${team.key}.${workflow}`) };
}

async function effectOf(id: string): Promise<{ effect: { confirmed: number } }> {
  const query = 'query ($id: ID!) { rollback(id: $id) { effect { confirmed } } }';
  const { rollback } = await world.gql<{ rollback: { effect: { confirmed: number } } }>(
    query,
    { id },
    { as: team.member },
  );
  return rollback;
}

describe('RO-2, that going back was rehearsed', () => {
  test('is not shown by a drill that nobody acknowledged', async () => {
    const { rollbacks, ro2, application } = await rehearsable();
    const before = await ro2();
    expect(before?.status).not.toBe('pass');
    await application.beat();
    expect(codes(await rollbacks.drill({ levers: [{ kind: 'disable' }], minutes: 5 }))).toEqual([]);
    expect((await ro2())?.status).toBe(before?.status);
  });

  test('is not shown by an instance that does not honour the lever, or was not there when the drill began', async () => {
    const { rollbacks, ro2, application } = await rehearsable();
    const before = await ro2();
    application.levers = ['fallback'];
    await application.beat();
    const { rollback } = await rollbacks.drill({ levers: [{ kind: 'disable' }], minutes: 5 });
    if (!rollback) throw new Error('There is no drill');
    const { incarnation, epoch } = rollback;
    const late = new Reporter(world, key, application.workflow);
    for (const one of [application, late]) {
      one.version = { incarnation, epoch };
      await one.beat();
    }
    expect((await ro2())?.status).toBe(before?.status);
    const { effect } = await effectOf(rollback.id);
    expect(effect.confirmed).toBe(0);
    // Nor once it is over, though what was acknowledged is known still.
    await world.app.get(EffectService, { strict: false }).measure([rollbacks.workflowId]);
    world.shiftClock(10 * 60_000);
    expect((await ro2())?.status).toBe(before?.status);
    world.shiftClock(0);
  });

  test('is shown by a drill that one instance acknowledged through an SDK, for 90 days', async () => {
    const { rollbacks, ro2, application } = await rehearsable();
    await application.beat();
    const { rollback } = await rollbacks.drill({ levers: [{ kind: 'disable' }], minutes: 5 });
    if (!rollback) throw new Error('There is no drill');
    application.version = { incarnation: rollback.incarnation, epoch: rollback.epoch };
    await application.beat();
    const shown = await ro2();
    expect(shown).toMatchObject({ status: 'pass' });
    expect(shown?.reason).toMatch(/rehearsed in drill #1$/);
    expect(new Date(shown?.expiresAt ?? 0).getTime()).toBe(new Date(rollback.appliedAt).getTime() + 90 * day);
    // Acknowledgements are kept for a week; what the drill came to is kept for good.
    await world.app.get(EffectService, { strict: false }).measure([rollbacks.workflowId]);
    await world.db.acknowledgement.deleteMany({ where: { workflowId: rollbacks.workflowId } });
    try {
      world.shiftClock(89 * day);
      expect(await ro2()).toMatchObject({ status: 'pass', reason: shown?.reason });
      world.shiftClock(91 * day);
      expect((await ro2())?.status).toBe('stale');
    } finally {
      world.shiftClock(0);
    }
  });
});
