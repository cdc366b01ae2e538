import { Args, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { Permit } from '../../platform/permissions/permit.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { ModelReads } from './model.reads.js';
import { ModelConfig, ModelConfigVersion } from './model.types.js';

@Resolver(() => ModelConfigVersion)
@Permit('registry.read')
export class ModelConfigVersionResolver {
  constructor(
    private readonly reads: ModelReads,
    private readonly people: PersonReads,
  ) {}

  @Query(() => ModelConfigVersion, { nullable: true })
  @Permit('registry.read')
  modelConfigVersion(@Args('id', { type: () => ID }) id: string) {
    return this.reads.version(id);
  }

  @ResolveField(() => ModelConfig)
  modelConfig(@Parent() version: ModelConfigVersion, @CurrentLoaders() loaders: Loaders) {
    return this.reads.load(loaders, version.modelConfigId);
  }

  @ResolveField(() => User)
  author(@Parent() version: ModelConfigVersion, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, version.authorId);
  }
}
