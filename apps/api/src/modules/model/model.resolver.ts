import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { ConnectionArgs } from '../../platform/graphql/connection.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { Permit } from '../../platform/permissions/permit.js';
import { TeamReads } from '../team/team.reads.js';
import { Team } from '../team/team.types.js';
import {
  ModelConfigCreateInput,
  ModelConfigCreatePayload,
  ModelConfigVersionCreateInput,
  ModelConfigVersionCreatePayload,
} from './model.inputs.js';
import { ModelReads } from './model.reads.js';
import { ModelService } from './model.service.js';
import {
  ModelConfig,
  ModelConfigConnection,
  ModelConfigVersion,
  ModelConfigVersionConnection,
} from './model.types.js';

@Resolver(() => ModelConfig)
@Permit('registry.read')
export class ModelResolver {
  constructor(
    private readonly service: ModelService,
    private readonly reads: ModelReads,
    private readonly teams: TeamReads,
  ) {}

  @Query(() => ModelConfigConnection)
  @Permit('registry.read')
  modelConfigs(
    @Args() args: ConnectionArgs,
    @Args('teamId', { type: () => ID, nullable: true }) teamId?: string | null,
    @Args('search', { type: () => String, nullable: true }) search?: string | null,
  ) {
    return this.reads.page(args, { teamId, search });
  }

  @Query(() => ModelConfig, { nullable: true })
  @Permit('registry.read')
  modelConfig(@Args('id', { type: () => ID }) id: string) {
    return this.reads.modelConfig(id);
  }

  @ResolveField(() => Team)
  team(@Parent() config: ModelConfig, @CurrentLoaders() loaders: Loaders) {
    return this.teams.must(loaders, config.teamId);
  }

  @ResolveField(() => ModelConfigVersion, { nullable: true })
  latestVersion(@Parent() config: ModelConfig, @CurrentLoaders() loaders: Loaders) {
    return this.reads.latest(loaders, config);
  }

  @ResolveField(() => ModelConfigVersionConnection)
  versions(@Parent() config: ModelConfig, @Args() args: ConnectionArgs, @CurrentLoaders() loaders: Loaders) {
    return this.reads.versions(loaders, config.id, args);
  }

  @ResolveField(() => Boolean)
  viewerCanEdit(@Parent() config: ModelConfig, @CurrentActor() actor: Actor) {
    return can(actor, 'modelConfig.edit', { teamId: config.teamId });
  }

  @Mutation(() => ModelConfigCreatePayload)
  @Permit('modelConfig.edit')
  modelConfigCreate(
    @Args('input') input: ModelConfigCreateInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('modelConfig', async () =>
      this.reads.modelConfig((await this.service.create(actor, requestId, input)).modelConfigId),
    );
  }

  @Mutation(() => ModelConfigVersionCreatePayload)
  @Permit('modelConfig.edit')
  modelConfigVersionCreate(
    @Args('input') input: ModelConfigVersionCreateInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('modelConfigVersion', async () =>
      this.reads.version((await this.service.createVersion(actor, requestId, input)).modelConfigVersionId),
    );
  }
}
