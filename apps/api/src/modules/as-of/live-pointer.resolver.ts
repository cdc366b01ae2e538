import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { Permit } from '../../platform/permissions/permit.js';
import { LedgerEntryReads } from '../ledger/ledger-entry.reads.js';
import { LedgerEntry } from '../ledger/ledger.types.js';
import { PromotionReads } from '../promotion/promotion.reads.js';
import { Promotion, PromotionReview } from '../promotion/promotion.types.js';
import { ReadinessType } from '../readiness/readiness.types.js';
import { recordedReadiness } from '../readiness/recorded-readiness.domain.js';
import { ReleaseReads } from '../release/release.reads.js';
import { Release } from '../release/release.types.js';
import { AdoptionReads } from '../stage/adoption.reads.js';
import { Adoption } from '../stage/adoption.types.js';
import { StageReads } from '../stage/stage.reads.js';
import { StageRevision } from '../stage/stage.types.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { Workflow } from '../workflow/workflow.types.js';
import { DefinitionInForce, LiveLever, LiveOverlay, LivePointer, ReadinessRecord } from './as-of.types.js';
import { GroundsReads } from './grounds.reads.js';
import { OverlayReads } from './overlay.reads.js';

/** What a pointer is about and what it stood on. The pointer itself was visible to whoever asks. */
@Resolver(() => LivePointer)
@Permit('registry.read')
export class LivePointerResolver {
  constructor(
    private readonly workflows: WorkflowReads,
    private readonly releases: ReleaseReads,
    private readonly promotions: PromotionReads,
    private readonly adoptions: AdoptionReads,
    private readonly entries: LedgerEntryReads,
    private readonly grounds: GroundsReads,
    private readonly overlays: OverlayReads,
    private readonly stages: StageReads,
  ) {}

  @ResolveField(() => Workflow)
  workflow(@Parent() { workflowId }: LivePointer, @CurrentLoaders() loaders: Loaders) {
    return this.workflows.must(loaders, workflowId);
  }

  @ResolveField(() => Release, { nullable: true, description: 'Null: nothing was live there' })
  release(@Parent() { releaseId }: LivePointer, @CurrentLoaders() loaders: Loaders) {
    return releaseId === null ? null : this.releases.must(loaders, releaseId);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'As the stage is called now; null for no stage',
  })
  async stageName(@Parent() { workflowId, stageKey }: LivePointer, @CurrentLoaders() loaders: Loaders) {
    return stageKey === null ? null : ((await this.stages.names(loaders, workflowId, [stageKey]))[0] ?? null);
  }

  @ResolveField(() => [DefinitionInForce], {
    description:
      'Definitions of the stage that held in the time asked about, oldest first: one for an instant; none where nothing was live',
  })
  definitions(@Parent() pointer: LivePointer, @CurrentLoaders() loaders: Loaders) {
    return this.grounds.definitions(loaders, pointer);
  }

  @ResolveField(() => [LiveOverlay], {
    description: 'What rollbacks and drills laid over it in the time asked about, the one that wins first',
  })
  overlaidBy(@Parent() pointer: LivePointer, @CurrentLoaders() loaders: Loaders) {
    return this.overlays.over(loaders, pointer);
  }

  @ResolveField(() => Promotion, { nullable: true, description: 'Which brought it in' })
  promotion(@Parent() { promotionId }: LivePointer, @CurrentLoaders() loaders: Loaders) {
    return promotionId === null ? null : this.promotions.load(loaders, promotionId);
  }

  @ResolveField(() => Adoption, { nullable: true, description: 'By which it was recorded as live, ungated' })
  adoption(@Parent() { adoptionId, workflowId }: LivePointer, @CurrentLoaders() loaders: Loaders) {
    return adoptionId === null ? null : this.adoptions.ofWorkflow(loaders, workflowId);
  }

  @ResolveField(() => [PromotionReview], {
    description: 'The approvals that the move rested on, of exactly this digest; oldest first',
  })
  reviews(@Parent() pointer: LivePointer, @CurrentLoaders() loaders: Loaders) {
    return this.grounds.reviews(loaders, pointer);
  }

  @ResolveField(() => ReadinessRecord, { nullable: true, description: 'Null for an adoption' })
  readiness(@Parent() pointer: LivePointer, @CurrentLoaders() loaders: Loaders) {
    return this.grounds.readiness(loaders, pointer);
  }

  @ResolveField(() => LedgerEntry, {
    nullable: true,
    description:
      'The act that brought it in; its actor is who did it. Null where nothing was live: see what lay over it',
  })
  entry(@Parent() { ledgerEntryId }: LivePointer, @CurrentLoaders() loaders: Loaders) {
    return ledgerEntryId === null ? null : this.entries.must(loaders, ledgerEntryId);
  }

  @ResolveField(() => LedgerEntry, { nullable: true, description: 'The act that ended it' })
  endedBy(@Parent() { endLedgerEntryId }: LivePointer, @CurrentLoaders() loaders: Loaders) {
    return endLedgerEntryId === null ? null : this.entries.must(loaders, endLedgerEntryId);
  }
}

@Resolver(() => LiveOverlay)
@Permit('registry.read')
export class LiveOverlayResolver {
  constructor(private readonly entries: LedgerEntryReads) {}

  @ResolveField(() => LedgerEntry, { description: 'The act that laid it' })
  entry(@Parent() { ledgerEntryId }: LiveOverlay, @CurrentLoaders() loaders: Loaders) {
    return this.entries.must(loaders, ledgerEntryId);
  }
}

@Resolver(() => LiveLever)
@Permit('registry.read')
export class LiveLeverResolver {
  constructor(private readonly releases: ReleaseReads) {}

  @ResolveField(() => Release, { nullable: true, description: 'serve: which is served' })
  release(@Parent() { releaseId }: LiveLever, @CurrentLoaders() loaders: Loaders) {
    return releaseId === null ? null : this.releases.must(loaders, releaseId);
  }
}

@Resolver(() => DefinitionInForce)
@Permit('registry.read')
export class DefinitionInForceResolver {
  constructor(private readonly stages: StageReads) {}

  @ResolveField(() => StageRevision, { description: 'With its audience' })
  revision(@Parent() { stageRevisionId }: DefinitionInForce, @CurrentLoaders() loaders: Loaders) {
    return this.stages.revision(loaders, stageRevisionId);
  }
}

@Resolver(() => ReadinessRecord)
@Permit('registry.read')
export class ReadinessRecordResolver {
  @ResolveField(() => ReadinessType, {
    description: 'The checks with their evidence, read from the recorded bytes and not judged again',
  })
  readiness(@Parent() { canonical }: ReadinessRecord) {
    return recordedReadiness(canonical);
  }
}
