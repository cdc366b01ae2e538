import { Injectable } from '@nestjs/common';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { reviewObjection as breakGlassObjection } from '../break-glass/break-glass.domain.js';
import { BreakGlassReads } from '../break-glass/break-glass.reads.js';
import { ReleaseReads } from '../release/release.reads.js';
import { reviewObjection as rollbackObjection } from '../rollback/rollback-review.domain.js';
import { RollbackReads } from '../rollback/rollback.reads.js';
import { rollbackInWords } from '../rollback/rollback-words.domain.js';
import { StageReads } from '../stage/stage.reads.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import type { Waiting } from './waiting.domain.js';

/** Reviews that are owed after the fact, with a date, by a different person than whoever acted. */
@Injectable()
export class OwedReviewsReads {
  constructor(
    private readonly breakGlass: BreakGlassReads,
    private readonly rollbacks: RollbackReads,
    private readonly releases: ReleaseReads,
    private readonly workflows: WorkflowReads,
    private readonly stages: StageReads,
  ) {}

  async waiting(loaders: Loaders, actor: Actor): Promise<Waiting[]> {
    const found = await Promise.all([this.ofBreakGlass(loaders, actor), this.ofRollbacks(loaders, actor)]);
    return found.flat();
  }

  /** When its date passes, nothing of the workflow widens or climbs. */
  private async ofBreakGlass(loaders: Loaders, actor: Actor): Promise<Waiting[]> {
    if (!can(actor, 'breakGlass.review')) return [];
    const found = await Promise.all(
      (await this.breakGlass.owed(actor)).map(async (use): Promise<Waiting[]> => {
        const { id, workflowId, promotionId, stageKey, checkIds, createdAt, reviewDueAt } = use;
        const [{ teamId }, release, [stageName = stageKey]] = await Promise.all([
          this.workflows.must(loaders, workflowId),
          this.releases.must(loaders, use.releaseId),
          this.stages.names(loaders, workflowId, [stageKey]),
        ]);
        if (!can(actor, 'breakGlass.review', { teamId })) return [];
        const { executedById, grantedById } = use;
        if (breakGlassObjection({ executedById, grantedById, reviewed: false }, actor.id)) return [];
        return [
          {
            ...{ kind: 'break_glass_review', workflowId, promotionId, checkId: null },
            ...{ title: `${release.alias} into ${stageName}, by break-glass`, since: createdAt },
            detail: `Look at it as a different person: it passed ${checkIds.join(', ')}`,
            ...{ dueAt: reviewDueAt, link: `/break-glass/${id}` },
          },
        ];
      }),
    );
    return found.flat();
  }

  /** It blocks nothing: what a rollback left is ended by other acts. */
  private async ofRollbacks(loaders: Loaders, actor: Actor): Promise<Waiting[]> {
    if (!can(actor, 'rollback.review')) return [];
    const found = await Promise.all(
      (await this.rollbacks.owed(actor)).map(async (rollback): Promise<Waiting[]> => {
        const { id, workflowId, number, levers, scope, stageKeys, segment, appliedAt, reviewDueAt } =
          rollback;
        const { teamId } = await this.workflows.must(loaders, workflowId);
        if (!can(actor, 'rollback.review', { teamId })) return [];
        if (rollbackObjection(rollback, false, actor.id)) return [];
        const servedId = levers.find(({ releaseId }) => releaseId !== null)?.releaseId;
        const alias = servedId ? (await this.releases.must(loaders, servedId)).alias : null;
        const isSegment = Array.isArray(segment) && segment.length > 0;
        const stageNames = await this.stages.names(loaders, workflowId, stageKeys);
        const what = rollbackInWords({ levers, alias, scope, stageNames, isSegment });
        return [
          {
            ...{ kind: 'rollback_review', workflowId, promotionId: null, checkId: null },
            ...{ title: `Rollback #${String(number)}`, since: appliedAt, dueAt: reviewDueAt },
            detail: `Look at it as a different person. ${what}`,
            link: `/workflows/${workflowId}/rollbacks/${id}`,
          },
        ];
      }),
    );
    return found.flat();
  }
}
