import { Injectable } from '@nestjs/common';
import { DoorClock } from '../../platform/door/door-clock.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { checkById } from '../checklist/checklist.domain.js';
import { ChecklistReads } from '../checklist/checklist.reads.js';
import { PromotionListReads } from '../promotion/promotion-list.reads.js';
import { approvedBefore } from '../promotion/review.domain.js';
import { PromotionStandingReads, stageAskedOf } from '../promotion/promotion-standing.reads.js';
import type { Promotion } from '../promotion/promotion.types.js';
import { mayAnswer } from '../readiness/check-answer.domain.js';
import { ReadinessReads } from '../readiness/readiness.reads.js';
import { ReleaseReads } from '../release/release.reads.js';
import { mayApproveRevision } from '../stage/revision-standing.domain.js';
import { StageReads } from '../stage/stage.reads.js';
import { approvalObjection } from '../waiver/waiver.domain.js';
import { WaiverReads } from '../waiver/waiver.reads.js';
import { WorkflowListReads } from '../workflow/workflow-list.reads.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import type { Workflow } from '../workflow/workflow.types.js';
import { OwedReviewsReads } from './owed-reviews.reads.js';
import { goingStale, waitingForPromotion, type GoingStale, type Waiting } from './waiting.domain.js';

/** Home looks through the newest open promotions and the workflows of one's teams, this many of each. */
const lookThrough = { first: 100 };

/** What waits for a person, drawn together from every module. In a constant number of statements. */
@Injectable()
export class HomeReads {
  constructor(
    private readonly lists: PromotionListReads,
    private readonly standing: PromotionStandingReads,
    private readonly readiness: ReadinessReads,
    private readonly releases: ReleaseReads,
    private readonly stages: StageReads,
    private readonly owed: OwedReviewsReads,
    private readonly waivers: WaiverReads,
    private readonly workflows: WorkflowReads,
    private readonly workflowLists: WorkflowListReads,
    private readonly checklists: ChecklistReads,
    private readonly clock: DoorClock,
  ) {}

  /** Longest waiting first. */
  async waiting(loaders: Loaders, actor: Actor): Promise<(Waiting & { overdue: boolean })[]> {
    const [open, mine] = await Promise.all([
      this.lists.page(loaders, actor, lookThrough, { state: ['open'] }),
      this.ownWorkflows(actor),
    ]);
    const found = await Promise.all([
      ...open.nodes.map((promotion) => this.ofPromotion(loaders, actor, promotion)),
      this.ofWaivers(loaders, actor),
      this.owed.waiting(loaders, actor),
      ...mine.map((workflow) => this.ofStages(loaders, actor, workflow)),
    ]);
    const now = this.clock.now();
    return found
      .flat()
      .sort((a, b) => a.since.getTime() - b.since.getTime())
      .map((item) => ({ ...item, overdue: item.dueAt !== null && item.dueAt < now }));
  }

  /** For workflows of the actor's teams: what their live releases rest on and that expires soon, soonest first. */
  async goingStale(loaders: Loaders, actor: Actor): Promise<GoingStale[]> {
    const now = this.clock.now();
    const found = await Promise.all(
      (await this.ownWorkflows(actor)).map(async ({ id: workflowId }) => {
        const stages = await this.stages.ofWorkflow(loaders, workflowId);
        const occupants = await this.stages.occupants(loaders, workflowId);
        const last = stages.findLast(({ key }) => occupants.some((occupant) => occupant.stageKey === key));
        const releaseId = occupants.find((occupant) => occupant.stageKey === last?.key)?.releaseId;
        if (!last || !releaseId) return [];
        const readiness = await this.readiness.load(loaders, { workflowId, releaseId, stageKey: last.key });
        return readiness ? goingStale(readiness, now) : [];
      }),
    );
    return found.flat().sort((a, b) => a.staleAt.getTime() - b.staleAt.getTime());
  }

  private async ownWorkflows(actor: Actor): Promise<Workflow[]> {
    if (actor.memberships.length === 0) return [];
    return (await this.workflowLists.page(actor, lookThrough, { mine: true }, 'created_desc')).nodes;
  }

  private async ofPromotion(loaders: Loaders, actor: Actor, promotion: Promotion): Promise<Waiting[]> {
    const approvedId = approvedBefore(promotion, actor.id);
    const [workflow, release, approved, [stage], readiness, { tally }, waitsForReview, cannotExecute] =
      await Promise.all([
        this.workflows.must(loaders, promotion.workflowId),
        this.releases.must(loaders, promotion.releaseId),
        approvedId === null ? null : this.releases.must(loaders, approvedId),
        this.stages.names(loaders, promotion.workflowId, [stageAskedOf(promotion)]),
        this.standing.readinessOf(loaders, promotion),
        this.standing.of(loaders, promotion),
        this.standing.waitsFor(loaders, actor, promotion),
        this.standing.cannotExecute(loaders, actor, promotion),
      ]);
    return waitingForPromotion({
      promotionId: promotion.id,
      workflowId: workflow.id,
      what: `${release.alias} into ${stage ?? stageAskedOf(promotion)}`,
      since: promotion.createdAt,
      readiness,
      waitsForReview,
      approvedBefore: approved && `#${String(approved.number)} ${approved.alias}`,
      executable: cannotExecute === null,
      requestedByViewer: promotion.requestedById === actor.id,
      ofViewersTeam: can(actor, 'promotion.request', { teamId: workflow.teamId }),
      changesRequested: tally.changesRequested.length > 0,
      mayAnswer: (check) => mayAnswer({ answeredBy: check.clearedBy }, actor, workflow.teamId),
    });
  }

  private async ofWaivers(loaders: Loaders, actor: Actor): Promise<Waiting[]> {
    if (!can(actor, 'waiver.approve')) return [];
    const [waivers, { content }] = await Promise.all([this.waivers.requested(), this.checklists.current()]);
    const found = await Promise.all(
      waivers.map(async (waiver): Promise<Waiting[]> => {
        const workflow = await this.workflows.load(loaders, actor, waiver.workflowId);
        const check = checkById(content, waiver.checkId);
        if (!workflow || approvalObjection(waiver, check, actor, workflow.teamId, this.clock.now()))
          return [];
        return [
          {
            ...{ kind: 'waiver', workflowId: workflow.id, promotionId: null, checkId: waiver.checkId },
            title: `Waiver of ${waiver.checkId}`,
            dueAt: null,
            detail: `Approve it, or leave it: ${waiver.reason}`,
            since: waiver.createdAt,
            link: `/workflows/${workflow.id}/checks/${waiver.checkId}`,
          },
        ];
      }),
    );
    return found.flat();
  }

  private async ofStages(loaders: Loaders, actor: Actor, workflow: Workflow): Promise<Waiting[]> {
    if (!can(actor, 'stage.approve', { teamId: workflow.teamId })) return [];
    const stages = await this.stages.ofWorkflow(loaders, workflow.id);
    const revisions = (
      await Promise.all(stages.map((stage) => this.stages.revisions(loaders, stage)))
    ).flat();
    return revisions
      .filter((revision) => revision.waits && mayApproveRevision(revision, actor))
      .map((revision) => ({
        ...{ kind: 'stage_approval', workflowId: workflow.id, promotionId: null, checkId: null },
        title: `Stage ${revision.name}`,
        dueAt: null,
        detail: `Approve fewer checks: ${revision.reason}`,
        since: revision.createdAt,
        link: `/workflows/${workflow.id}/stages/${revision.stageKey}`,
      }));
  }
}
