import { Injectable } from '@nestjs/common';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { ReleaseReads } from '../release/release.reads.js';
import { environmentPin } from './environment-pin.schema.js';

/** Chooses what environments other than production serve. Ungated: nothing there counts for a gate. */
@Injectable()
export class EnvironmentPinService {
  constructor(
    private readonly door: Door,
    private readonly releases: ReleaseReads,
  ) {}

  pin(actor: Actor, requestId: string, raw: unknown): Promise<{ workflowId: string }> {
    const input = parse(environmentPin, raw);
    const { workflowId, environment, releaseId, idempotencyKey } = input;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'environmentPin', input, idempotencyKey },
        ...{ scope: { workflowId }, permission: 'environment.pin' },
      },
      async (act) => {
        if (act.workflow.retiredAt !== null) throw new Refusal('CONFLICT', 'This workflow is retired');
        const where = { workflowId_environment: { workflowId, environment } };
        const now = await act.tx.environmentPin.findUnique({ where });
        if ((now?.releaseId ?? null) === releaseId)
          throw new Refusal('NOTHING_CHANGED', `${environment} serves this already`, ['input', 'releaseId']);
        const subject = { subjectKind: 'workflow', subjectId: workflowId };
        const release =
          releaseId === null ? null : await this.releases.ofWorkflowById(workflowId, releaseId, act.tx);
        if (releaseId !== null && !release)
          throw new Refusal('NOT_FOUND', 'This workflow has no such release', ['input', 'releaseId']);
        const pinned = { releaseId, pinnedById: act.actor.id, pinnedAt: act.now };
        await act.tx.environmentPin.upsert({
          ...{ where, update: pinned, create: { workflowId, environment, ...pinned } },
        });
        act.record({
          act: releaseId === null ? 'environment.unpinned' : 'environment.pinned',
          ...{ ...subject, subjectDigest: release?.digest ?? null },
          data: { environment, releaseId },
        });
        return { workflowId };
      },
    );
  }
}
