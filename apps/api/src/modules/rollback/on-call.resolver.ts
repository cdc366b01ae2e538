import { Args, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { OnCallReads } from './on-call.reads.js';
import { OnCall } from './on-call.types.js';
import { PreviewReads } from './preview.reads.js';
import { RollbackPreview } from './preview.types.js';
import { RollbackPreviewInput } from './rollback.inputs.js';

/** What one person on call sees, and what a rollback would do. */
@Resolver()
export class OnCallResolver {
  constructor(
    private readonly reads: OnCallReads,
    private readonly previews: PreviewReads,
  ) {}

  @Query(() => OnCall, { nullable: true, description: 'By id, or by full key: team.workflow' })
  @Permit('rollback.read')
  onCall(
    @Args('workflow') workflow: string,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.reads.of(loaders, actor, workflow);
  }

  @Query(() => RollbackPreview)
  @Permit('rollback.read')
  rollbackPreview(
    @Args('input') input: RollbackPreviewInput,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.previews.of(loaders, actor, input);
  }
}
