import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/database.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { changedComponents } from '../release/diff.domain.js';
import { ReleaseFactsReads } from '../release/release-facts.reads.js';
import { ReleaseReads } from '../release/release.reads.js';
import { StageFactsReads } from '../stage/stage-facts.reads.js';
import { WideningReads } from '../stage/widening.reads.js';
import { OpenMoveReads } from './open-move.reads.js';
import type { FixFacts, ReleaseRef, RequestFacts } from './promotion.domain.js';
import type { AddedCase } from './promotion.schema.js';
import { FixFactsReads } from './fix-facts.reads.js';

export interface Target {
  release: ReleaseRef;
  changedFromParent: readonly string[];
}

interface ActInWorkflow {
  tx: Tx;
  workflow: { id: string; retiredAt: Date | null };
}

export type Asked = Pick<RequestFacts, 'kind' | 'toStageKey' | 'ownPromotionId'> & {
  stageRevisionId?: string | null;
  incidentId?: string | null;
  addedCase?: AddedCase | null;
};

/** What is decided upon when a promotion is asked for, or pointed at another release. */
@Injectable()
export class RequestFactsReads {
  constructor(
    private readonly database: Database,
    private readonly releases: ReleaseReads,
    private readonly facts: ReleaseFactsReads,
    private readonly stages: StageFactsReads,
    private readonly widenings: WideningReads,
    private readonly openMoves: OpenMoveReads,
    private readonly fixes: FixFactsReads,
  ) {}

  /** Releases never change, so what is needed of them is read before the lock is taken. */
  async target(workflowId: string, releaseId: string): Promise<Target> {
    const release = await this.releases.plain(releaseId);
    if (release?.workflowId !== workflowId) {
      throw new Refusal('NOT_FOUND', 'This workflow has no such release', ['input', 'releaseId']);
    }
    const parent = release.parentId === null ? null : await this.releases.plain(release.parentId);
    const changes = parent ? await this.facts.diff(parent, release, this.database.client) : [];
    return { release, changedFromParent: changedComponents(changes) };
  }

  async of(act: ActInWorkflow, { release, changedFromParent }: Target, asked: Asked): Promise<RequestFacts> {
    const { kind, toStageKey, ownPromotionId = null, stageRevisionId = null } = asked;
    const workflowId = act.workflow.id;
    return {
      ...{
        workflowId,
        retired: act.workflow.retiredAt !== null,
        kind,
        release,
        toStageKey,
        changedFromParent,
      },
      stages: await this.stages.of(act.tx, workflowId),
      openMoves: await this.openMoves.of(act.tx, workflowId),
      quarantined: await this.fixes.isQuarantined(act.tx, release.id),
      fix: kind === 'fix' ? await this.fix(act, release, asked) : null,
      widening:
        kind === 'widen' ? await this.widenings.of(act.tx, workflowId, toStageKey, stageRevisionId) : null,
      ownPromotionId,
    };
  }

  private async fix(act: ActInWorkflow, release: ReleaseRef, asked: Asked): Promise<FixFacts | null> {
    const { incidentId, addedCase } = asked;
    if (!incidentId || !addedCase) return null;
    return this.fixes.of(act.tx, act.workflow.id, { incidentId, addedCase, releaseId: release.id });
  }
}
