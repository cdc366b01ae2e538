import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';
import { grantObjection, namesObjections } from '../break-glass/break-glass.domain.js';
import { BreakGlassReads } from '../break-glass/break-glass.reads.js';
import { checkById } from '../checklist/checklist.domain.js';
import { ChecklistReads } from '../checklist/checklist.reads.js';
import { incompleteChecks } from '../readiness/readiness.domain.js';
import type { Readiness } from '../readiness/readiness-result.domain.js';
import type { Objection } from './objection.domain.js';

/** Which incomplete checks are to be passed over, by which grant and why. */
export interface Exception {
  readonly grantId: string;
  readonly checkIds: readonly string[];
  readonly reason: string;
}

export interface Passage extends Exception {
  readonly incidentId: string | null;
  /** Why the grant does not admit this; empty where it does. */
  readonly objections: readonly Objection[];
}

/**
 * Judges under the lock whether a grant passes what is incomplete. It answers for the gates alone: order, lost updates,
 * approvals and whatever else forbids a move are judged beside it, and nothing here looks past those. A hold and a
 * quarantine are part of the order (order.domain.ts), which is why no grant will ever pass one.
 */
@Injectable()
export class PassageService {
  constructor(
    private readonly breakGlass: BreakGlassReads,
    private readonly checklists: ChecklistReads,
  ) {}

  async judge(act: Act, readiness: Readiness, exception: Exception): Promise<Passage> {
    const grant = await this.breakGlass.facts(act.tx, exception.grantId);
    const asked = { workflowId: act.workflow.id, personId: act.actor.id, at: act.now };
    const refused = grantObjection(grant, asked);
    const checklist = await this.checklists.version(readiness.checklistVersion, act.tx);
    const incomplete = incompleteChecks(readiness).map(({ id }) => ({
      id,
      waivable: (checklist && checkById(checklist.content, id)?.waiver.allowed) ?? false,
    }));
    return {
      ...exception,
      incidentId: grant?.incidentId ?? null,
      objections: [...(refused ? [refused] : []), ...namesObjections(incomplete, exception.checkIds)],
    };
  }
}
