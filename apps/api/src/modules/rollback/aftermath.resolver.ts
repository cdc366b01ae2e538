import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import type { ReadinessType } from '../readiness/readiness.types.js';
import { DrillService } from './drill.service.js';
import { HoldService } from './hold.service.js';
import { OverlayEndReads } from './overlay-end.reads.js';
import { OverlayEndService } from './overlay-end.service.js';
import { OverlayEndPreview } from './preview.types.js';
import { QuarantineService } from './quarantine.service.js';
import {
  DrillEndInput,
  DrillStartInput,
  HoldLiftInput,
  OverlayEndInput,
  QuarantineClearInput,
} from './rollback.inputs.js';
import {
  DrillEndPayload,
  DrillStartPayload,
  HoldLiftPayload,
  OverlayEndPayload,
  QuarantineClearPayload,
} from './rollback.payloads.js';
import { RollbackReads } from './rollback.reads.js';
import { StandingReads } from './standing.reads.js';

/** What follows a rollback, and what rehearses one. */
@Resolver()
export class AftermathResolver {
  constructor(
    private readonly rollbacks: RollbackReads,
    private readonly standing: StandingReads,
    private readonly holds: HoldService,
    private readonly overlays: OverlayEndService,
    private readonly ends: OverlayEndReads,
    private readonly quarantines: QuarantineService,
    private readonly drills: DrillService,
  ) {}

  @Mutation(() => HoldLiftPayload, {
    description: 'Changes nothing served: it re-admits promotions, each through its own gates',
  })
  @Permit('hold.lift')
  holdLift(
    @Args('input') input: HoldLiftInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('hold', async () =>
      this.standing.hold((await this.holds.lift(actor, requestId, input)).holdId),
    );
  }

  @Query(() => OverlayEndPreview, { nullable: true, description: 'Null once it has ended, and for a drill' })
  @Permit('registry.read')
  overlayEndPreview(
    @Args('overlayId', { type: () => ID }) overlayId: string,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.ends.preview(loaders, actor, overlayId);
  }

  @Mutation(() => OverlayEndPayload, {
    description: 'Runs the gates of what would then be served; where they are incomplete, nothing ends',
  })
  @Permit('overlay.end')
  async overlayEnd(
    @Args('input') input: OverlayEndInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<OverlayEndPayload> {
    const { ended, userErrors } = await answer('ended', () => this.overlays.end(actor, requestId, input));
    if (!ended) return { overlay: null, readiness: null, userErrors };
    return {
      overlay: await this.standing.overlay(ended.overlayId),
      readiness: ended.readiness as ReadinessType | null,
      userErrors: ended.userErrors,
    };
  }

  @Mutation(() => QuarantineClearPayload, { description: 'The release may be served and be a target again' })
  @Permit('quarantine.clear')
  quarantineClear(
    @Args('input') input: QuarantineClearInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('quarantine', async () =>
      this.standing.quarantine((await this.quarantines.clear(actor, requestId, input)).quarantineId),
    );
  }

  @Mutation(() => DrillStartPayload, {
    description: 'Ends by itself; leaves no incident, hold or quarantine',
  })
  @Permit('drill.run')
  drillStart(
    @Args('input') input: DrillStartInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    const arrivedAt = performance.now();
    return answer('rollback', async () =>
      this.rollbacks.byId((await this.drills.start(actor, requestId, input, arrivedAt)).rollbackId),
    );
  }

  @Mutation(() => DrillEndPayload, { description: 'Before its time. Real overlays stay as they are' })
  @Permit('drill.run')
  drillEnd(
    @Args('input') input: DrillEndInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('rollback', async () =>
      this.rollbacks.byId((await this.drills.end(actor, requestId, input)).rollbackId),
    );
  }
}
