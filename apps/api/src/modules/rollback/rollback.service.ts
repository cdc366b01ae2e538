import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { StageRevertService } from '../stage/stage-revert.service.js';
import { laidOver } from './laid-over.domain.js';
import { planRollback, type RollbackPlan } from './rollback.domain.js';
import { rollbackTrigger, type RollbackTrigger } from './rollback.schema.js';
import { RollbackIncidentService, type RollbackIncident } from './rollback-incident.service.js';
import { refuse } from './refuse.js';
import { segmentInLedger, writeRollback, type Laid } from './rollback.writes.js';
import { DerivedReleaseService } from './derived-release.service.js';
import { rollbackInWords } from './rollback-words.domain.js';
import { isQuarantined } from './targets.domain.js';
import { StandingFactsReads } from './standing-facts.reads.js';
import type { Standing } from './standing.domain.js';
import { storedLever } from './stored-lever.domain.js';

/** Hours after a rollback in which a different person looks at it. */
export const reviewHours = 24;

type Triggered = { rollbackId: string; incidentId: string };

/** The release that a rollback puts in place of what it leaves. */
export interface Served {
  id: string;
  alias: string;
  digest: string;
  derived: boolean;
}

/** Narrows what is served, in one act. Decides by the same rule as the preview; nothing makes it wait. */
@Injectable()
export class RollbackService {
  constructor(
    private readonly door: Door,
    private readonly facts: StandingFactsReads,
    private readonly derived: DerivedReleaseService,
    private readonly stages: StageRevertService,
    private readonly incidents: RollbackIncidentService,
  ) {}

  /** @param arrivedAt of the request, by performance.now() */
  trigger(actor: Actor, requestId: string, raw: unknown, arrivedAt: number): Promise<Triggered> {
    const input = parse(rollbackTrigger, raw);
    const { workflowId, idempotencyKey } = input;
    return this.door.act<Triggered>(
      {
        ...{ actor, requestId, mutation: 'rollbackTrigger', input, idempotencyKey },
        ...{ scope: { workflowId }, permission: 'rollback.trigger' },
        alongside: this.facts.alongside(workflowId, namedIn(input)),
      },
      async (act) => {
        const asked = askedAt(act.now, arrivedAt);
        const { standing, plan } = this.planned(act, input);
        const served = await this.served(act, standing, plan);
        const incident = await this.incidents.openOrJoin(act, standing, {
          incidentId: input.incidentId ?? null,
          title: titleOf(plan, served),
        });
        const { rollbackId, ...laid } = await this.write(act, standing, plan, {
          served,
          incident,
          askedAt: asked,
        });
        this.record(act, standing, plan, { ...{ input, served, incident, rollbackId, laid } });
        return { rollbackId, incidentId: incident.id };
      },
    );
  }

  private planned(act: Act, input: RollbackTrigger): { standing: Standing; plan: RollbackPlan } {
    const standing = this.facts.under(act);
    const planned = planRollback(standing, {
      ...{ kind: 'rollback', scope: input.scope, stageKeys: input.stageKeys ?? null },
      ...{ segment: input.segment ?? [], leaveReleaseId: input.leaveReleaseId ?? null, levers: input.levers },
    });
    if ('objections' in planned) throw refuse(planned.objections);
    return { standing, plan: planned.plan };
  }

  /** @throws Refusal `QUARANTINED` where what would be derived is a release that was left before. */
  async served(act: Act, standing: Standing, { replacement }: RollbackPlan): Promise<Served | null> {
    if (replacement === null) return null;
    if ('release' in replacement) return { ...replacement.release, derived: false };
    const { digest } = replacement.derived;
    const { id, alias } = await this.derived.make(act, replacement.derived);
    if (isQuarantined(standing, id))
      throw new Refusal('QUARANTINED', `That is ${alias}, which a rollback left`, ['input', 'levers']);
    return { id, alias, digest, derived: true };
  }

  private async write(
    act: Act,
    standing: Standing,
    plan: RollbackPlan,
    how: { served: Served | null; incident: RollbackIncident; askedAt: Date },
  ): Promise<Laid & { rollbackId: string }> {
    const { asked, left, replacement } = plan;
    const { served, incident } = how;
    const rollbackId = act.newId();
    const laid = await writeRollback(act, {
      ...{ id: rollbackId, number: standing.lastRollbackNumber + 1, incident, plan },
      levers: asked.levers.map((lever) => storedLever(lever, served)),
      askedAt: how.askedAt,
      reviewDueAt: reviewDueAt(act.now),
      over: laidOver(standing, plan, plan.movesPointers ? null : (served?.id ?? null)),
      until: null,
    });
    if (plan.movesPointers && replacement && served) {
      const stageKeys = left.map(({ stage }) => stage.key);
      await this.stages.revert(act, { stageKeys, releaseId: served.id, rollbackId });
    }
    act.servedChanged();
    return { rollbackId, ...laid };
  }

  private record(
    act: Act,
    standing: Standing,
    plan: RollbackPlan,
    done: {
      input: RollbackTrigger;
      served: Served | null;
      incident: RollbackIncident;
      rollbackId: string;
      laid: Laid;
    },
  ): void {
    const { asked, stages, left, leftReleaseIds } = plan;
    const { input, served, incident, rollbackId, laid } = done;
    act.record({
      ...{ act: 'rollback.triggered', subjectKind: 'rollback', subjectId: rollbackId },
      ...{ subjectDigest: served?.digest ?? null, reason: input.reason },
      data: {
        ...{ number: standing.lastRollbackNumber + 1, scope: asked.scope },
        stageKeys: stages.map(({ key }) => key),
        segment: segmentInLedger(asked.segment),
        levers: asked.levers.map((lever) => storedLever(lever, served)),
        left: left.map(({ stage, releaseId }) => ({ stageKey: stage.key, releaseId })),
        leftReleaseIds: [...leftReleaseIds],
        ...{ servesReleaseId: served?.id ?? null, derived: served?.derived ?? false },
        ...{ movesPointers: plan.movesPointers, ...laid },
        ...{
          incidentId: incident.id,
          incidentNumber: incident.number,
          incidentOpened: incident.opens !== null,
        },
        reviewDueAt: reviewDueAt(act.now).toISOString(),
      },
    });
    act.emit('rollback.triggered', { rollbackId, incidentId: incident.id });
  }
}

/** Releases that are asked for: however long ago they were live, what is known of them is read. */
const namedIn = ({ levers, leaveReleaseId }: RollbackTrigger): string[] => [
  ...levers.flatMap(({ releaseId }) => releaseId ?? []),
  ...(leaveReleaseId == null ? [] : [leaveReleaseId]),
];

const reviewDueAt = (now: Date) => new Date(now.getTime() + reviewHours * 3_600_000);

/**
 * When the request arrived, by the clock that the act goes by: this process's may be an hour off. To be called first in
 * an act, when that clock has just been read: what the act does until then would count as time before it.
 */
export const askedAt = (now: Date, arrivedAt: number): Date =>
  new Date(now.getTime() - Math.max(0, Math.round(performance.now() - arrivedAt)));

const titleOf = ({ asked, stages }: RollbackPlan, served: Served | null): string =>
  rollbackInWords({
    ...{ levers: asked.levers, alias: served?.alias ?? null, scope: asked.scope },
    ...{ stageNames: stages.map(({ name }) => name), isSegment: asked.segment.length > 0 },
  });
