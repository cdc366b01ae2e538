import fc from 'fast-check';
import { incidentAct } from './incident.builder.js';
import type { Promotions } from './promotion.builder.js';
import type { CreatedRelease } from './release.builder.js';
import type { LeverAsked, Rollbacks, RollbackState } from './rollback.builder.js';
import { reviseStage } from './stage.builder.js';
import type { Person, World } from './world.js';

const stageKeys = ['internal', 'limited', 'expanded', 'general'];
const hour = 3_600_000;

/** One step of a history: which workflow, what, and how long after the step before. */
export const historyStep = fc.record({
  workflow: fc.nat({ max: 2 }),
  what: fc.constantFrom(
    ...['climb', 'climb', 'climb', 'replace', 'replace', 'narrow', 'rollBack', 'rollBack', 'settle', 'drill'],
  ),
  lever: fc.constantFrom('disable', 'fallback', 'disable', 'fallback', 'revert', 'revert'),
  segment: fc.nat({ max: 3 }).map((one) => one === 0),
  everywhere: fc.boolean(),
  stage: fc.nat({ max: 3 }),
  wait: fc.integer({ min: 1, max: 30 * hour }),
});
export type HistoryStep = typeof historyStep extends fc.Arbitrary<infer S> ? S : never;

/** Moves releases of one workflow about, wherever the rules let them. */
export class History {
  private readonly live = new Map<string, CreatedRelease>();
  private wordings = 0;

  private readonly incidents = new Set<string>();
  private done: RollbackState[] = [];
  private drills = 0;

  constructor(
    private readonly world: World,
    private readonly promotions: Promotions,
    private readonly rollbacks: Rollbacks,
    private readonly other: Person,
  ) {}

  async adopt(keys: string[]): Promise<void> {
    const { workflow, team } = this.promotions;
    await this.world.mustAct(
      'workflowAdopt',
      'adoption { id }',
      { workflowId: workflow.id, releaseId: workflow.release.id, stageKeys: keys, reason: 'Live' },
      team.reviewer,
    );
    for (const key of keys) this.live.set(key, workflow.release);
  }

  async play(asked: HistoryStep): Promise<void> {
    const { what, stage } = asked;
    const stageKey = stageKeys[stage] ?? 'internal';
    if (what === 'narrow') return this.narrow(stageKey);
    if (this.live.size === 0 && what !== 'climb') return;
    if (what === 'rollBack') return this.rollBack(asked, stageKey);
    if (what === 'drill') return this.drill(stageKey);
    if (what === 'settle') return this.settle();
    // What is held goes nowhere: the rules of that are tested where they live.
    if (this.done.length > 0) return;
    await (what === 'climb' ? this.climb() : this.replace(stageKey));
  }

  /** Whatever lever the product offers for it; what it refuses leaves no trace, which is the point. */
  private async rollBack({ lever, segment, everywhere }: HistoryStep, stageKey: string): Promise<void> {
    const { lastGood } = await this.rollbacks.onCall();
    const reverts = lever === 'revert' && lastGood !== null;
    const levers: LeverAsked[] = reverts
      ? [{ kind: 'revertRelease', releaseId: lastGood.releaseId, digest: lastGood.digest }]
      : [lever === 'disable' ? { kind: 'disable' } : { kind: 'fallback', to: 'people' }];
    const { rollback, incident } = await this.rollbacks.trigger({
      levers,
      ...(reverts ? {} : everywhere ? { scope: 'workflow' } : { stageKeys: [stageKey] }),
      ...(segment ? { segment: [{ attribute: 'plan', operator: 'equals', values: ['free'] }] } : {}),
    });
    if (!rollback || !incident) return;
    this.done.push(rollback);
    this.incidents.add(incident.id);
    if (reverts && !segment)
      for (const key of rollback.stageKeys)
        if (this.live.has(key))
          this.live.set(key, { id: lastGood.releaseId, digest: lastGood.digest } as never);
  }

  /** Holds are lifted by somebody else; quarantines are cleared, and what lies over stages ends where gates let it. */
  private async settle(): Promise<void> {
    for (const incidentId of this.incidents)
      await incidentAct(this.world, 'incidentMonitor', { incidentId, note: '' }, this.other);
    for (const { id } of this.done) {
      const { holds, quarantines, overlays } = await this.rollbacks.read(id);
      for (const hold of holds) await this.rollbacks.lift(hold, this.other);
      for (const quarantine of quarantines) await this.rollbacks.clear(quarantine, this.other);
      for (const overlay of overlays) if (overlay.to === null) await this.rollbacks.end(overlay, this.other);
    }
    this.incidents.clear();
    this.done = [];
  }

  private async drill(stageKey: string): Promise<void> {
    const { rollback } = await this.rollbacks.drill({
      ...{ stageKeys: [stageKey], levers: [{ kind: 'disable' }], minutes: 30 },
    });
    this.drills += 1;
    if (rollback && this.drills % 2 === 1) await this.rollbacks.endDrill(rollback);
  }

  async retire(): Promise<void> {
    const { workflow, team } = this.promotions;
    await this.world.mustAct(
      ...(['workflowRetire', 'workflow { id }', { workflowId: workflow.id, reason: 'Not used' }] as const),
      team.reviewer,
    );
  }

  /** Into the first empty stage whose predecessor is occupied; the newest release enters internal anew at the end. */
  private async climb(): Promise<void> {
    const next = stageKeys.findIndex((key) => !this.live.has(key));
    const from = next > 0 ? this.live.get(stageKeys[next - 1] ?? '') : undefined;
    const stageKey = next === -1 ? 'internal' : (stageKeys[next] ?? 'internal');
    const release = from ?? (next === 0 ? this.promotions.workflow.release : await this.reworded('internal'));
    await this.promotions.bring(release, stageKey);
    this.live.set(stageKey, release);
  }

  /** A new wording of what is live follows it, stage by stage, up to this one. */
  private async replace(stageKey: string): Promise<void> {
    const occupant = this.live.get(stageKey);
    if (!occupant || [...this.live.values()].some((one) => one.id !== occupant.id)) return;
    const release = await this.reworded(stageKey);
    const promotion = await this.promotions.request({ release, toStage: stageKey, kind: 'replace' });
    await this.promotions.review(promotion);
    for (const { stageKey: entered } of promotion.moves) {
      await this.promotions.execute(promotion);
      const found = await this.promotions.read(promotion);
      if (found.moves.find((move) => move.stageKey === entered)?.state !== 'executed') {
        await this.promotions.withdraw(promotion);
        return;
      }
      this.live.set(entered, release);
    }
  }

  private async narrow(stageKey: string): Promise<void> {
    const { workflow, team } = this.promotions;
    await reviseStage(this.world, workflow.id, team, stageKey, (definition) => ({
      ...definition,
      audience: { ...definition.audience, percentage: Math.max(0.001, definition.audience.percentage / 2) },
    }));
  }

  private reworded(stageKey: string): Promise<CreatedRelease> {
    this.wordings += 1;
    const parent = this.live.get(stageKey) ?? this.promotions.workflow.release;
    return this.promotions.withPrompt(parent, `Wording ${String(this.wordings)} for {{ticket}}`);
  }
}
