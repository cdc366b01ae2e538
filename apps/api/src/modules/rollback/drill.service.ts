import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Act } from '../../platform/door/act.types.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { laidOver } from './laid-over.domain.js';
import { refuse } from './refuse.js';
import { planRollback, type RollbackPlan } from './rollback.domain.js';
import { drillEnd, drillSegment, drillStart, type DrillStart } from './rollback.schema.js';
import { askedAt, RollbackService } from './rollback.service.js';
import { segmentInLedger, writeRollback } from './rollback.writes.js';
import { StandingFactsReads } from './standing-facts.reads.js';
import type { Standing } from './standing.domain.js';
import { storedLever } from './stored-lever.domain.js';

const unknown = () => new Refusal('NOT_FOUND', 'There is no such drill', ['input', 'rollbackId']);

/** Rehearses rollbacks: an overlay that ends by itself, and leaves no incident, hold or quarantine. */
@Injectable()
export class DrillService {
  constructor(
    private readonly door: Door,
    private readonly database: Database,
    private readonly facts: StandingFactsReads,
    private readonly rollbacks: RollbackService,
  ) {}

  /** @param arrivedAt of the request, by performance.now() */
  start(actor: Actor, requestId: string, raw: unknown, arrivedAt: number): Promise<{ rollbackId: string }> {
    const input = parse(drillStart, raw);
    const { workflowId, idempotencyKey, minutes } = input;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'drillStart', input, idempotencyKey: idempotencyKey ?? null },
        ...{ scope: { workflowId }, permission: 'drill.run' },
        alongside: this.facts.alongside(
          workflowId,
          input.levers.flatMap(({ releaseId }) => releaseId ?? []),
        ),
      },
      async (act) => {
        const asked = askedAt(act.now, arrivedAt);
        const { standing, plan } = this.planned(act, input);
        const served = await this.rollbacks.served(act, standing, plan);
        const [rollbackId, number] = [act.newId(), standing.lastRollbackNumber + 1];
        const until = new Date(act.now.getTime() + minutes * 60_000);
        const levers = plan.asked.levers.map((lever) => storedLever(lever, served));
        const { overlays } = await writeRollback(act, {
          ...{ id: rollbackId, number, incident: null, plan, levers, reviewDueAt: null, until },
          askedAt: asked,
          over: laidOver(standing, plan, served?.id ?? null),
        });
        act.record({
          ...{ act: 'drill.started', subjectKind: 'rollback', subjectId: rollbackId },
          subjectDigest: served?.digest ?? null,
          data: {
            ...{ number, levers, until: until.toISOString() },
            stageKeys: plan.stages.map(({ key }) => key),
            segment: segmentInLedger(plan.asked.segment),
            overlays,
          },
        });
        act.servedChanged();
        act.emit('drill.started', { rollbackId });
        return { rollbackId };
      },
    );
  }

  /** Before its time. Overlays of rollbacks stay as they are. */
  async end(actor: Actor, requestId: string, raw: unknown): Promise<{ rollbackId: string }> {
    const input = parse(drillEnd, raw);
    const { rollbackId, idempotencyKey } = input;
    const drill = await this.database.client.rollback.findUnique({ where: { id: rollbackId } });
    if (drill?.kind !== 'drill') throw unknown();
    const { workflowId, number } = drill;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'drillEnd', input, idempotencyKey: idempotencyKey ?? null },
        ...{ scope: { workflowId }, permission: 'drill.run', unknown },
      },
      async (act) => {
        const { count } = await act.tx.overlay.updateMany({
          where: { rollbackId, to: { gt: act.now } },
          data: { to: act.now, endLedgerEntryId: act.entryId },
        });
        if (count === 0) throw new Refusal('CONFLICT', 'This drill is over already');
        act.record({
          ...{ act: 'drill.ended', subjectKind: 'rollback', subjectId: rollbackId, data: { number } },
        });
        act.servedChanged();
        act.emit('drill.ended', { rollbackId });
        return { rollbackId };
      },
    );
  }

  private planned(act: Act, input: DrillStart): { standing: Standing; plan: RollbackPlan } {
    const standing = this.facts.under(act);
    const planned = planRollback(standing, {
      ...{ kind: 'drill', scope: 'stages', stageKeys: input.stageKeys ?? null, leaveReleaseId: null },
      ...{ segment: input.segment ?? drillSegment, levers: input.levers },
    });
    if ('objections' in planned) throw refuse(planned.objections);
    const keys = planned.plan.stages.map(({ key }) => key);
    const running = standing.overlays.find((one) => one.isDrill && keys.includes(one.stageKey ?? ''));
    if (running)
      throw new Refusal(
        'DRILL_RUNNING',
        `A drill runs there until ${running.to?.toISOString() ?? 'it is ended'}`,
      );
    return { standing, plan: planned.plan };
  }
}
