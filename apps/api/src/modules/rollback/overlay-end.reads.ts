import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { PrismaClient } from '../../platform/database/generated/client.js';
import { DoorClock } from '../../platform/door/door-clock.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { ReadinessReads } from '../readiness/readiness.reads.js';
import type { Readiness } from '../readiness/readiness-result.domain.js';
import type { ReadinessType } from '../readiness/readiness.types.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { planOverlayEnd, type EndPlan } from './overlay-end.domain.js';
import type { OverlayEndPreview } from './preview.types.js';
import { StandingFactsReads } from './standing-facts.reads.js';

type Queryable = Pick<PrismaClient, '$queryRaw' | 'occupancy'>;

/** What ending an overlay comes to, for the act inside its transaction and for whoever is about to ask for it. */
@Injectable()
export class OverlayEndReads {
  constructor(
    private readonly database: Database,
    private readonly workflows: WorkflowReads,
    private readonly facts: StandingFactsReads,
    private readonly readiness: ReadinessReads,
    private readonly clock: DoorClock,
  ) {}

  /** Null for an overlay that is not there or has ended, for a drill's, and where the workflow is hidden. */
  async preview(loaders: Loaders, actor: Actor, overlayId: string): Promise<OverlayEndPreview | null> {
    const db = this.database.client;
    const found = isUuid(overlayId) ? await db.overlay.findUnique({ where: { id: overlayId } }) : null;
    const workflow = found && (await this.workflows.load(loaders, actor, found.workflowId));
    if (!workflow) return null;
    const at = this.clock.now();
    const standing = await this.facts.of(db, workflow.id, at);
    const overlay = standing?.overlays.find(({ id }) => id === overlayId);
    if (!standing || !overlay || overlay.isDrill) return null;
    const { widens, objections } = planOverlayEnd(standing, overlay, undefined);
    const readiness = widens && (await this.judge(db, workflow.id, widens, at));
    return {
      release: widens?.release ?? null,
      readiness: readiness as ReadinessType | null,
      blockers: objections.map(({ code, message, field }) => ({
        ...{ code, message, field: field === undefined ? null : ['input', field] },
      })),
    };
  }

  /** @param expectedDigest of what was shown; undefined: nothing was said */
  async planned(
    db: Parameters<StandingFactsReads['of']>[0],
    workflowId: string,
    { overlayId, expectedDigest }: { overlayId: string; expectedDigest?: string | null | undefined },
    at: Date,
  ): Promise<EndPlan> {
    const standing = await this.facts.of(db, workflowId, at);
    const overlay = standing?.overlays.find(({ id }) => id === overlayId);
    if (!standing || !overlay) throw new Refusal('CONFLICT', 'This overlay has ended already');
    if (overlay.isDrill)
      throw new Refusal('INVALID_INPUT', 'A drill is ended with drillEnd', ['input', 'overlayId']);
    return planOverlayEnd(standing, overlay, expectedDigest);
  }

  /** By the promotion that once brought it there: its approvals are of exactly this release. */
  async judge(
    db: Parameters<ReadinessReads['forSubjects']>[0] & Queryable,
    workflowId: string,
    { stage, release }: NonNullable<EndPlan['widens']>,
    at: Date,
  ): Promise<Readiness> {
    const brought = await db.occupancy.findFirst({
      where: { workflowId, stageKey: stage.key, releaseId: release.id, promotionId: { not: null } },
      orderBy: { from: 'desc' },
    });
    const subject = { workflowId, releaseId: release.id, stageKey: stage.key };
    const asked = brought?.promotionId ? { ...subject, promotionId: brought.promotionId } : subject;
    const [readiness] = await this.readiness.forSubjects(db, [asked], at);
    if (!readiness) throw new Error(`Release ${release.id} has no readiness to judge`);
    return readiness;
  }
}
