import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Act } from '../../platform/door/act.types.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal, type RefusalError } from '../../platform/refusal/refusal.js';
import { canonicalReadiness } from '../readiness/canonical-readiness.domain.js';
import type { Readiness } from '../readiness/readiness-result.domain.js';
import type { EndPlan } from './overlay-end.domain.js';
import { OverlayEndReads } from './overlay-end.reads.js';
import { refuse } from './refuse.js';
import { overlayEnd } from './rollback.schema.js';

const unknown = () => new Refusal('NOT_FOUND', 'There is no such overlay', ['input', 'overlayId']);

export interface OverlayEnded {
  overlayId: string;
  /** Of what is then served; complete where the overlay ended, null where ending it serves nobody more. */
  readiness: Readiness | null;
  userErrors: RefusalError[];
}

/** Ends an overlay through the gates of what is then served. Incomplete gates are data, and nothing ends. */
@Injectable()
export class OverlayEndService {
  constructor(
    private readonly door: Door,
    private readonly database: Database,
    private readonly reads: OverlayEndReads,
  ) {}

  async end(actor: Actor, requestId: string, raw: unknown): Promise<OverlayEnded> {
    const input = parse(overlayEnd, raw);
    const { overlayId, idempotencyKey } = input;
    const found = await this.database.client.overlay.findUnique({ where: { id: overlayId } });
    if (!found) throw unknown();
    let readiness: Readiness | null = null;
    await this.door.act(
      {
        ...{ actor, requestId, mutation: 'overlayEnd', input, idempotencyKey: idempotencyKey ?? null },
        ...{ scope: { workflowId: found.workflowId }, permission: 'overlay.end', unknown },
      },
      async (act) => {
        const workflowId = act.workflow.id;
        const plan = await this.reads.planned(act.tx, workflowId, input, act.now);
        if (plan.objections.length > 0) throw refuse(plan.objections);
        readiness = plan.widens && (await this.reads.judge(act.tx, workflowId, plan.widens, act.now));
        if (readiness && !readiness.complete) return act.withoutEffect({ overlayId });
        await this.write(act, found, plan, readiness);
        return { overlayId };
      },
    );
    return { overlayId, readiness, userErrors: [] };
  }

  private async write(
    act: Act,
    overlay: { id: string; rollbackId: string; stageKey: string | null },
    { widens }: EndPlan,
    readiness: Readiness | null,
  ): Promise<void> {
    await act.tx.overlay.update({
      where: { id: overlay.id },
      data: { to: act.now, endedBy: 'overlayEnd', endLedgerEntryId: act.entryId },
    });
    const recorded = readiness && (await this.keep(act, readiness));
    act.record({
      ...{ act: 'overlay.ended', subjectKind: 'overlay', subjectId: overlay.id },
      ...{ subjectDigest: widens?.release.digest ?? null, readinessDigest: recorded?.digest ?? null },
      data: {
        ...{ rollbackId: overlay.rollbackId, stageKey: overlay.stageKey },
        ...{ servesReleaseId: widens?.release.id ?? null, readinessRecordId: recorded?.id ?? null },
      },
    });
    act.servedChanged();
    act.emit('overlay.ended', { overlayId: overlay.id });
  }

  /** The exact bytes that it was allowed on. */
  private async keep(act: Act, readiness: Readiness): Promise<{ id: string; digest: string }> {
    const { releaseId, stageKey, stageRevisionId, checklistVersion, evaluatedAt } = readiness;
    const [id, { canonical, digest }] = [act.newId(), canonicalReadiness(readiness)];
    const at = { releaseId, stageKey, stageRevisionId, checklistVersion, evaluatedAt };
    await act.tx.readinessRecord.create({
      data: { id, workflowId: act.workflow.id, ...at, incompleteChecks: 0, canonical, digest },
    });
    return { id, digest };
  }
}
