import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { incidentAct } from '../support/incident.builder.js';
import { approvedFix, liveTwice, type Live } from '../support/live.builder.js';
import { codes, easyPromotions, occupantNumbers } from '../support/promotion.builder.js';
import { asInput, rollbacksOf } from '../support/rollback.builder.js';
import { addModelVersion } from '../support/model.builder.js';
import { addPromptVersion } from '../support/prompt.builder.js';
import { createRelease, type CreatedRelease } from '../support/release.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
});
afterAll(() => world.close());

const region = [{ attribute: 'region', operator: 'equals', values: ['eu'] }];

/** What the incident's page tells, oldest first. */
async function timeline(id: string, as: Person): Promise<string[]> {
  const query = 'query ($id: ID!) { incident(id: $id) { timeline { act } } }';
  const { incident } = await world.gql<{ incident: { timeline: { act: string }[] } }>(query, { id }, { as });
  return incident.timeline.map(({ act }) => act);
}

const live = () => liveTwice(world, team);
const fix = (of: Live, parent: CreatedRelease, incidentId: string, toStage: string) =>
  approvedFix(of, { parent, incidentId, toStage });

describe('a rollback and what follows it', () => {
  it('is left by a fix that names its incident, and the incident closes', async () => {
    const all = await live();
    const { promotions, rollbacks, good, bad, other } = all;
    const { rollback, incident } = await rollbacks.revert(good);
    const climbing = await promotions.withPrompt(good, 'Another: {{ticket}}');
    const climb = await promotions.request({ release: climbing });
    await promotions.review(climb);
    const refused = await promotions.execute(climb);
    expect(codes(refused)).toEqual(['STAGE_ON_HOLD']);
    expect(refused.readiness?.order).toMatchObject({ ok: false, code: 'STAGE_ON_HOLD' });
    await promotions.withdraw(climb);
    const again = await promotions.tryRequest({ release: bad });
    expect(codes(again)).toEqual(['QUARANTINED']);

    const { promotion } = await fix(all, bad, incident.id, 'limited');
    expect(promotion.moves.map(({ stageKey }) => stageKey)).toEqual(['internal', 'limited']);
    expect(codes(await promotions.execute(promotion))).toEqual([]);
    const [afterOne] = (await rollbacks.read(rollback.id)).holds.filter(
      ({ stageKey }) => stageKey === 'internal',
    );
    expect(afterOne?.to).not.toBeNull();
    const state = await world.gql<{ incident: { state: string; rollbacks: { id: string }[]; text: string } }>(
      'query ($id: ID!) { incident(id: $id) { state rollbacks { id } text } }',
      { id: incident.id },
      { as: other },
    );
    expect(state.incident).toMatchObject({ state: 'monitoring', rollbacks: [{ id: rollback.id }] });
    world.shiftClock(3 * 3_600_000);
    try {
      expect(codes(await promotions.execute(promotion))).toEqual([]);
      expect((await rollbacks.read(rollback.id)).holds.every(({ to }) => to !== null)).toBe(true);
      const resolved = await incidentAct(
        world,
        'incidentResolve',
        { incidentId: incident.id, note: 'A prompt' },
        other,
      );
      expect(resolved.incident?.state).toBe('resolved');
      expect((await rollbacks.read(rollback.id)).viewerCanReview).toBe(false);
      expect(codes(await rollbacks.clear(rollback.quarantines[0]!, other))).toEqual([]);
      expect(await timeline(incident.id, other)).toEqual([
        ...['rollback.triggered', 'promotion.requested', 'promotion.reviewed'],
        ...['promotion.executed', 'promotion.executed', 'incident.resolved', 'quarantine.cleared'],
      ]);
      expect(codes(await rollbacks.review(rollback, team.reviewer))).toEqual([]);
      expect(await occupantNumbers(promotions)).toEqual([4, 4, null, null]);
    } finally {
      world.shiftClock(0);
    }
  });

  it('holds one stage, and leaves the others as they are', async () => {
    const { promotions, rollbacks, good } = await live();
    const { rollback } = await rollbacks.revert(good, { stageKeys: ['limited'] });
    expect(rollback.stageKeys).toEqual(['limited']);
    expect(await occupantNumbers(promotions)).toEqual([2, 1, null, null]);
    expect((await rollbacks.onCall()).serving.map(({ hold }) => hold !== null)).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  it('concerns one segment, and serves it what everybody had before', async () => {
    const { promotions, rollbacks, good, bad, other } = await live();
    const { rollback, incident } = await rollbacks.revert(good, { stageKeys: ['internal'], segment: region });
    expect(await occupantNumbers(promotions)).toEqual([2, 2, null, null]);
    expect(rollback.overlays).toMatchObject([{ stageKey: 'internal', kind: 'serve', to: null }]);
    const [overlay] = rollback.overlays;
    expect(await rollbacks.endPreview(overlay!)).toMatchObject({ release: null, blockers: ['QUARANTINED'] });
    expect(codes(await rollbacks.end(overlay!, other))).toEqual(['QUARANTINED']);
    const [quarantine] = rollback.quarantines;
    expect(codes(await rollbacks.clear(quarantine!, other))).toEqual([]);
    expect(codes(await rollbacks.end(overlay!, other))).toEqual(['STAGE_ON_HOLD']);
    expect((await rollbacks.endPreview(overlay!))?.blockers).toEqual(['STAGE_ON_HOLD']);
    expect(codes(await rollbacks.lift(rollback.holds[0]!, other))).toEqual(['INCIDENT_OPEN']);
    await incidentAct(world, 'incidentMonitor', { incidentId: incident.id, note: 'Watching' }, other);
    expect(codes(await rollbacks.lift(rollback.holds[0]!, other))).toEqual([]);
    const preview = await rollbacks.endPreview(overlay!);
    expect(preview).toMatchObject({ release: { id: bad.id }, readiness: { complete: true }, blockers: [] });
    expect(codes(await rollbacks.end(overlay!, other, good.digest))).toEqual(['TARGET_MOVED']);
    const ended = await rollbacks.end(overlay!, other, preview?.release?.digest);
    expect(ended.readiness?.complete).toBe(true);
    expect(await rollbacks.endPreview(overlay!)).toBeNull();
    expect(ended.overlay).toMatchObject({ endedBy: 'overlayEnd' });
    expect(await timeline(incident.id, other)).toEqual([
      ...['rollback.triggered', 'quarantine.cleared', 'incident.monitored', 'hold.lifted', 'overlay.ended'],
    ]);
  });

  it('is not undone by who did it, and lifting the hold changes nothing served', async () => {
    const { rollbacks, other } = await live();
    const both = await world.person({
      ...{ organisationRoles: ['responder'], teams: [{ teamId: team.id, role: 'reviewer' }] },
    });
    const { rollback, incident } = await rollbacks.must(
      { levers: [{ kind: 'disable' }], stageKeys: ['internal'] },
      both,
    );
    await incidentAct(world, 'incidentMonitor', { incidentId: incident.id, note: '' }, other);
    expect(codes(await rollbacks.lift(rollback.holds[0]!, both))).toEqual(['SECOND_PERSON_REQUIRED']);
    const before = await rollbacks.onCall();
    expect(before.serving[0]).toMatchObject({ effectiveOutcome: 'disabled', overlay: { kind: 'disable' } });
    expect(codes(await rollbacks.lift(rollback.holds[0]!, other))).toEqual([]);
    expect((await rollbacks.onCall()).version).toEqual(before.version);
    expect(codes(await rollbacks.lift(rollback.holds[0]!, other))).toEqual(['CONFLICT']);
  });

  it('ends with another promotion into its stage, once the hold is lifted', async () => {
    const { promotions, rollbacks, bad, other } = await live();
    const { rollback, incident } = await rollbacks.must({
      levers: [{ kind: 'disable' }],
      stageKeys: ['internal'],
    });
    await incidentAct(world, 'incidentMonitor', { incidentId: incident.id, note: '' }, other);
    await rollbacks.lift(rollback.holds[0]!, other);
    await promotions.bring(await promotions.withPrompt(bad, 'Next: {{ticket}}'));
    expect((await rollbacks.read(rollback.id)).overlays).toMatchObject([{ endedBy: 'promotion' }]);
    expect((await rollbacks.onCall()).serving[0]).toMatchObject({ effectiveOutcome: 'release', number: 3 });
  });

  it('reverts the prompt alone, as a release of its own that nothing promotes unseen', async () => {
    const { promotions, rollbacks, good, bad, other } = await live();
    const { prompt, model, id } = promotions.workflow;
    const promptVersionId = await addPromptVersion(world, prompt.id, team.member, 'Worst: {{ticket}}');
    const modelConfigVersionId = await addModelVersion(world, model.id, team.member, { temperature: 0.7 });
    const parts = { promptVersionId, modelConfigVersionId, parentReleaseId: bad.id };
    const hotter = await createRelease(world, id, team.member, parts);
    for (const stage of ['internal', 'limited']) await promotions.bring(hotter, stage);
    const preview = await rollbacks.preview({
      levers: [{ kind: 'pinModel', modelConfigVersionId: model.versionId }],
    });
    expect(preview.blockers).toEqual([]);
    const { rollback } = await rollbacks.must({ levers: asInput(preview.levers) });
    expect(rollback.overlays.map(({ kind }) => kind)).toEqual(['serve', 'serve']);
    expect(await occupantNumbers(promotions)).toEqual([3, 3, null, null]);
    const { serving } = await rollbacks.onCall();
    expect(serving[0]).toMatchObject({ effectiveOutcome: 'release', occupancyOrigin: 'overlay' });
    expect(serving[0]?.releaseId).not.toBe(hotter.id);
    const deeper = await rollbacks.must({
      levers: [{ kind: 'revertRelease', releaseId: good.id, digest: good.digest }],
    });
    expect(await occupantNumbers(promotions)).toEqual([1, 1, null, null]);
    expect((await rollbacks.read(rollback.id)).overlays.map(({ endedBy }) => endedBy)).toEqual([
      'superseded',
      'superseded',
    ]);
    expect(deeper.rollback.number).toBe(2);
    expect(codes(await rollbacks.end(rollback.overlays[0]!, other))).toEqual(['CONFLICT']);
  });

  it('tells who got what was left in the order of the rollout', async () => {
    const promotions = await easyPromotions(world, team);
    const rollbacks = await rollbacksOf(promotions);
    const good = promotions.workflow.release;
    for (const stage of ['internal', 'limited', 'expanded']) await promotions.bring(good, stage);
    const bad = await promotions.withPrompt(good, 'Worse: {{ticket}}');
    for (const stage of ['internal', 'limited', 'expanded']) await promotions.bring(bad, stage);
    const { incident } = await rollbacks.revert(good);
    const query = 'query ($id: ID!) { incident(id: $id) { requestsServed { stageKey } } }';
    const told = await world.gql<{ incident: { requestsServed: { stageKey: string }[] } }>(
      query,
      { id: incident.id },
      { as: team.member },
    );
    expect(told.incident.requestsServed.map(({ stageKey }) => stageKey)).toEqual([
      ...['internal', 'limited', 'expanded'],
    ]);
  });

  it('is rehearsed by a drill, which leaves nothing behind', async () => {
    const { promotions, rollbacks, good } = await live();
    const before = await occupantNumbers(promotions);
    const levers = [{ kind: 'revertRelease', releaseId: good.id, digest: good.digest }];
    const { rollback: real } = await rollbacks.must({
      levers: [{ kind: 'disable' }],
      stageKeys: ['limited'],
    });
    const { rollback } = await rollbacks.drill({ levers, stageKeys: ['internal'], minutes: 5 });
    expect(rollback).toMatchObject({ kind: 'drill', holds: [], quarantines: [], reviewDueAt: null });
    expect(rollback?.overlays[0]?.to).not.toBeNull();
    expect(codes(await rollbacks.drill({ levers, stageKeys: ['internal'] }))).toEqual(['DRILL_RUNNING']);
    expect(codes(await rollbacks.endDrill(rollback!))).toEqual([]);
    expect(codes(await rollbacks.endDrill(rollback!))).toEqual(['CONFLICT']);
    expect(codes(await rollbacks.endDrill(real))).toEqual(['NOT_FOUND']);
    expect((await rollbacks.read(real.id)).overlays).toMatchObject([{ to: null }]);
    expect(await occupantNumbers(promotions)).toEqual(before);
  });
});
