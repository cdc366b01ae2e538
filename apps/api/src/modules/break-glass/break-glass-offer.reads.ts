import { Injectable } from '@nestjs/common';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { checkById } from '../checklist/checklist.domain.js';
import { ChecklistReads } from '../checklist/checklist.reads.js';
import { PromotionStandingReads } from '../promotion/promotion-standing.reads.js';
import type { Promotion } from '../promotion/promotion.types.js';
import { incompleteChecks } from '../readiness/readiness.domain.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { isPassable } from './break-glass.domain.js';
import { BreakGlassReads } from './break-glass.reads.js';
import type { BreakGlassCheck, BreakGlassOffer } from './break-glass.types.js';

/** What a grant in somebody's name would do for a promotion; for the screen that offers it. The act judges anew. */
@Injectable()
export class BreakGlassOfferReads {
  constructor(
    private readonly grants: BreakGlassReads,
    private readonly standing: PromotionStandingReads,
    private readonly workflows: WorkflowReads,
    private readonly checklists: ChecklistReads,
  ) {}

  /** Null where nothing is to be moved, or no usable grant carries the viewer's name. */
  async of(loaders: Loaders, actor: Actor, promotion: Promotion): Promise<BreakGlassOffer | null> {
    if (promotion.state !== 'open') return null;
    const { workflowId } = promotion;
    const { teamId } = await this.workflows.must(loaders, workflowId);
    if (!can(actor, 'breakGlass.use', { teamId })) return null;
    const grant = await this.grants.usableBy(loaders, workflowId, actor.id);
    const readiness = grant && (await this.standing.readinessOf(loaders, promotion));
    if (!readiness) return null;
    const checklist = await this.checklists.version(readiness.checklistVersion);
    const checks = incompleteChecks(readiness).map(({ id, text, reason }): BreakGlassCheck => {
      const waivable = (checklist && checkById(checklist.content, id)?.waiver.allowed) ?? false;
      return { id, text, reason, passable: isPassable({ id, waivable }) };
    });
    const barred = checks.filter((check) => !check.passable).map((check) => check.id);
    const obstacle =
      (await this.standing.cannotMove(loaders, promotion)) ??
      (barred.length > 0 ? `No grant passes ${barred.join(', ')}` : null) ??
      (checks.length === 0 ? 'Every gate is complete: promote it as usual' : null);
    return { grant, checks, obstacle };
  }
}
