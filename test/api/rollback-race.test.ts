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
    expect(met.promotionFirst + met.rollbackFirst).toBe(times);
  }, 240_000);
});
