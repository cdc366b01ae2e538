import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { Permit } from '../../platform/permissions/permit.js';
import { PromptReads } from '../prompt/prompt.reads.js';
import { PromptVersion } from '../prompt/prompt.types.js';
import { PreviewPrompt } from './preview.types.js';

@Resolver(() => PreviewPrompt)
@Permit('registry.read')
export class PreviewPromptResolver {
  constructor(private readonly prompts: PromptReads) {}

  @ResolveField(() => PromptVersion, { nullable: true, description: 'Null: it has no such step now' })
  before(@Parent() { beforeId }: PreviewPrompt, @CurrentLoaders() loaders: Loaders) {
    return beforeId === null ? null : this.prompts.loadVersion(loaders, beforeId);
  }

  @ResolveField(() => PromptVersion, { nullable: true, description: 'Null: it would have no such step' })
  after(@Parent() { afterId }: PreviewPrompt, @CurrentLoaders() loaders: Loaders) {
    return afterId === null ? null : this.prompts.loadVersion(loaders, afterId);
  }
}
