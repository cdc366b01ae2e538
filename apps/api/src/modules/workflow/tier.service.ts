import { Injectable } from '@nestjs/common';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { effectiveTier, isAtLeast } from './risk.domain.js';
import { WorkflowReads } from './workflow.reads.js';
import { workflowTierRaise } from './workflow.schema.js';

@Injectable()
export class TierService {
  constructor(
    private readonly door: Door,
    private readonly reads: WorkflowReads,
  ) {}

  /** Raises the tier above what is computed. Nothing lowers it again. */
  raise(actor: Actor, requestId: string, raw: unknown): Promise<{ workflowId: string }> {
    const input = parse(workflowTierRaise, raw);
    const { workflowId, tier, reason, idempotencyKey } = input;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'workflowTierRaise', input, idempotencyKey },
        ...{ scope: { workflowId }, permission: 'workflow.raiseTier' },
      },
      async (act) => {
        const workflow = await this.reads.plain(workflowId, act.tx);
        const current = workflow?.riskTier ?? workflow?.raisedTier ?? 'low';
        if (current === tier)
          throw new Refusal('NOTHING_CHANGED', `The tier is ${tier} already`, ['input', 'tier']);
        if (isAtLeast(current, tier))
          throw new Refusal('INVALID_INPUT', `The tier is ${current}; it is never lowered`, [
            'input',
            'tier',
          ]);
        const riskTier = workflow?.riskTier == null ? null : effectiveTier(workflow.riskTier, tier);
        await act.tx.workflow.update({ where: { id: workflowId }, data: { raisedTier: tier, riskTier } });
        act.record({
          act: 'workflow.tier_raised',
          subjectKind: 'workflow',
          subjectId: workflowId,
          data: { from: current, to: tier },
          reason,
        });
        return { workflowId };
      },
    );
  }
}
