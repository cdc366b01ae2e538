import { Args, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { Permit } from '../../platform/permissions/permit.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { PromptReads } from './prompt.reads.js';
import { Prompt, PromptVersion } from './prompt.types.js';

@Resolver(() => PromptVersion)
@Permit('registry.read')
export class PromptVersionResolver {
  constructor(
    private readonly reads: PromptReads,
    private readonly people: PersonReads,
  ) {}

  @Query(() => PromptVersion, { nullable: true })
  @Permit('registry.read')
  promptVersion(@Args('id', { type: () => ID }) id: string) {
    return this.reads.version(id);
  }

  @ResolveField(() => Prompt)
  prompt(@Parent() version: PromptVersion, @CurrentLoaders() loaders: Loaders) {
    return this.reads.load(loaders, version.promptId);
  }

  @ResolveField(() => User)
  author(@Parent() version: PromptVersion, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, version.authorId);
  }
}
