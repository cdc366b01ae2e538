import { Injectable } from '@nestjs/common';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { LedgerEntryReads } from '../ledger/ledger-entry.reads.js';
import type { LedgerEntry } from '../ledger/ledger.types.js';
import { PromotionReads } from '../promotion/promotion.reads.js';
import { ReleaseReads } from '../release/release.reads.js';
import { StageReads } from '../stage/stage.reads.js';
import type { StageDefinition } from '../stage/stage.schema.js';
import { PersonReads } from '../team/person.reads.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import type { LivePointer } from './as-of.types.js';
import { GroundsReads } from './grounds.reads.js';
import type { LiveRecord } from './live-record.domain.js';
import { OverlayReads } from './overlay.reads.js';

/** Everything that an export says of one row; batched over the page that it is on. */
@Injectable()
export class LiveRecordReads {
  constructor(
    private readonly workflows: WorkflowReads,
    private readonly releases: ReleaseReads,
    private readonly promotions: PromotionReads,
    private readonly stages: StageReads,
    private readonly entries: LedgerEntryReads,
    private readonly grounds: GroundsReads,
    private readonly people: PersonReads,
    private readonly overlays: OverlayReads,
  ) {}

  async of(loaders: Loaders, pointer: LivePointer): Promise<LiveRecord> {
    const { fullKey, stageKey, since, until, origin, adoptionId } = pointer;
    const [workflow, release, promotion, readiness, reviews, definitions, entry, ended, overlays] =
      await Promise.all([
        this.workflows.must(loaders, pointer.workflowId),
        pointer.releaseId === null ? null : this.releases.must(loaders, pointer.releaseId),
        this.promotion(loaders, pointer.promotionId),
        this.grounds.readiness(loaders, pointer),
        this.reviews(loaders, pointer),
        this.definitions(loaders, pointer),
        pointer.ledgerEntryId === null ? null : this.entry(loaders, pointer.ledgerEntryId),
        pointer.endLedgerEntryId === null ? null : this.entries.must(loaders, pointer.endLedgerEntryId),
        this.overlaid(loaders, pointer),
      ]);
    return {
      workflow: { id: workflow.id, key: fullKey, name: workflow.name },
      ...{ stage: stageKey, since, until, origin, adoptionId },
      release: release && {
        ...{ id: release.id, number: release.number, alias: release.alias, digest: release.digest },
      },
      ...{ promotion, reviews, definitions, entry, overlays },
      readiness: readiness && {
        id: readiness.id,
        digest: readiness.digest,
        evaluatedAt: readiness.evaluatedAt,
        checklistVersion: readiness.checklistVersion,
        incompleteChecks: readiness.incompleteChecks,
      },
      endedBy: ended && refOf(ended),
    };
  }

  private async overlaid(loaders: Loaders, pointer: LivePointer): Promise<LiveRecord['overlays']> {
    return Promise.all(
      (await this.overlays.over(loaders, pointer)).map(async (overlay) => {
        const { rollbackNumber: rollback, isDrill, segment, levers, since, until, endedBy } = overlay;
        const entry = refOf(await this.entries.must(loaders, overlay.ledgerEntryId));
        return { rollback, isDrill, segment, levers, since, until, endedBy, entry };
      }),
    );
  }

  private async promotion(loaders: Loaders, id: string | null): Promise<LiveRecord['promotion']> {
    const promotion = id === null ? null : await this.promotions.load(loaders, id);
    if (!promotion) return null;
    const requestedBy = await this.who(loaders, promotion.requestedById);
    return { id: promotion.id, kind: promotion.kind, requestedBy };
  }

  private async reviews(loaders: Loaders, pointer: LivePointer): Promise<LiveRecord['reviews']> {
    const counted = await this.grounds.reviews(loaders, pointer);
    return Promise.all(
      counted.map(async ({ reviewerId, roles, digest, createdAt }) => ({
        reviewer: await this.who(loaders, reviewerId),
        ...{ roles, digest, at: createdAt },
      })),
    );
  }

  private async definitions(loaders: Loaders, pointer: LivePointer): Promise<LiveRecord['definitions']> {
    const held = await this.grounds.definitions(loaders, pointer);
    const found = await Promise.all(
      held.map(async ({ stageRevisionId, since, until }) => {
        const revision = await this.stages.revision(loaders, stageRevisionId);
        if (!revision) return null;
        const { audience } = revision.definition as StageDefinition;
        return { revision: revision.revision, digest: revision.digest, since, until, audience };
      }),
    );
    return found.filter((one) => one !== null);
  }

  private async entry(loaders: Loaders, id: string): Promise<LiveRecord['entry']> {
    const entry = await this.entries.must(loaders, id);
    const [actor, ...responsible] = await Promise.all(
      [entry.actorId, ...this.entries.responsibleIds(entry)].map((person) => this.who(loaders, person)),
    );
    return {
      ...refOf(entry),
      ...{ actorKind: entry.actorKind, actor: actor ?? { id: entry.actorId, name: null }, responsible },
    };
  }

  private async who(loaders: Loaders, id: string): Promise<{ id: string; name: string | null }> {
    return { id, name: (await this.people.load(loaders, id))?.name ?? null };
  }
}

const refOf = ({ id, act, seq, at, hash }: LedgerEntry) => ({ id, act, seq, at, hash });
