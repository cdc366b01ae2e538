import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createEngine } from '../support/engine.js';
import { incidentAct } from '../support/incident.builder.js';
import { postgresAvailable } from '../support/postgres.js';
import { easyPromotions, codes, type PromotionState } from '../support/promotion.builder.js';
import { rollbacksOf } from '../support/rollback.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { thoroughness } from '../support/thoroughness.js';
import { createWorld, type World } from '../support/world.js';

/** The embedded database runs one statement at a time; only a server can show what a race does. */
const onServer = postgresAvailable() ? describe : describe.skip;
const times = thoroughness.races;
const pointerTimes = times / 10;

onServer('a rollback while a promotion of the same stage is executing', () => {
  let world: World;
  let team: StaffedTeam;
  beforeAll(async () => {
    world = await createWorld({}, [], await createEngine('postgres'));
    team = await staffedTeam(world);
  }, 180_000);
  afterAll(() => world.close());

  test(`wins, ${String(times)} times of ${String(times)}`, async () => {
    const promotions = await easyPromotions(world, team);
    const rollbacks = await rollbacksOf(promotions);
    const other = await world.person({ organisationRoles: ['responder'] });
    let parent = promotions.workflow.release;
    await promotions.bring(parent);
    let waiting: PromotionState | null = null;
    const met = { promotionFirst: 0, rollbackFirst: 0 };
    for (let round = 0; round < times; round += 1) {
      if (!waiting) {
        parent = await promotions.withPrompt(parent, `Wording ${String(round)}: {{ticket}}`);
        waiting = await promotions.request({ release: parent });
        await promotions.review(waiting);
      }
      const rollback = () => rollbacks.must({ levers: [{ kind: 'disable' }], stageKeys: ['internal'] });
      const execute = promotions.execute.bind(promotions, waiting);
      const [executed, done] =
        round % 2 === 0
          ? await Promise.all([execute(), rollback()])
          : ((await Promise.all([rollback(), execute()])).reverse() as [
              Awaited<ReturnType<typeof execute>>,
              Awaited<ReturnType<typeof rollback>>,
            ]);
      const { serving } = await rollbacks.onCall();
      expect(serving[0]).toMatchObject({
        effectiveOutcome: 'disabled',
        overlay: { id: done.rollback.overlays[0]?.id },
        hold: { id: done.rollback.holds[0]?.id },
      });
      const refused = codes(executed);
      if (refused.length === 0) {
        met.promotionFirst += 1;
        waiting = null;
      } else {
        expect(refused).toEqual(['STAGE_ON_HOLD']);
        met.rollbackFirst += 1;
      }
      await incidentAct(world, 'incidentMonitor', { incidentId: done.incident.id, note: '' }, other);
      expect(codes(await rollbacks.lift(done.rollback.holds[0]!, other))).toEqual([]);
      expect(codes(await rollbacks.end(done.rollback.overlays[0]!, other))).toEqual([]);
    }
    expect(Math.min(met.promotionFirst, met.rollbackFirst)).toBeGreaterThan(0);
  }, 240_000);

  test(`wins also where it takes the pointer back, ${String(pointerTimes)} times of ${String(pointerTimes)}`, async () => {
    const promotions = await easyPromotions(world, team);
    const rollbacks = await rollbacksOf(promotions);
    const other = await world.person({ organisationRoles: ['responder'] });
    const first = promotions.workflow.release;
    await promotions.bring(first);
    for (let round = 0; round < pointerTimes; round += 1) {
      const live = await promotions.withPrompt(first, `Live ${String(round)}: {{ticket}}`);
      await promotions.bring(live);
      const release = await promotions.withPrompt(live, `Taken back ${String(round)}: {{ticket}}`);
      const waiting = await promotions.request({ release });
      await promotions.review(waiting);
      const [executed, done] = await Promise.all([
        promotions.execute(waiting),
        rollbacks.revert(first, { stageKeys: ['internal'] }),
      ]);
      const { serving } = await rollbacks.onCall();
      expect(serving[0]).toMatchObject({
        ...{ effectiveOutcome: 'release', releaseId: first.id, occupancyOrigin: 'revertRelease' },
        hold: { id: done.rollback.holds[0]?.id },
      });
      const refused = codes(executed);
      if (refused.length > 0) {
        expect(refused).toEqual(['STAGE_ON_HOLD']);
        await world.mustAct(
          'promotionWithdraw',
          'promotion { id }',
          { promotionId: waiting.id, reason: 'The next one is tried' },
          team.member,
        );
      }
      await incidentAct(world, 'incidentMonitor', { incidentId: done.incident.id, note: '' }, other);
      expect(codes(await rollbacks.lift(done.rollback.holds[0]!, other))).toEqual([]);
      for (const quarantine of done.rollback.quarantines)
        expect(codes(await rollbacks.clear(quarantine, other))).toEqual([]);
    }
  }, 240_000);
});
