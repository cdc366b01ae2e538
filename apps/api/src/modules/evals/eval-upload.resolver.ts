import { Args, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { EvalRunReads } from './eval-run.reads.js';
import { EvalUploadReads } from './eval-upload.reads.js';
import { EvalRun } from './eval-run.types.js';
import { EvalUpload } from './eval-upload.types.js';

@Resolver(() => EvalUpload)
@Permit('registry.read')
export class EvalUploadResolver {
  constructor(
    private readonly uploads: EvalUploadReads,
    private readonly runs: EvalRunReads,
    private readonly workflows: WorkflowReads,
  ) {}

  @Query(() => EvalUpload, { nullable: true })
  @Permit('registry.read')
  async evalUpload(@Args('id', { type: () => ID }) id: string, @CurrentActor() actor: Actor) {
    const upload = await this.uploads.byId(id);
    return upload && (await this.workflows.byId(actor, upload.workflowId)) ? upload : null;
  }

  @ResolveField('runs', () => [EvalRun], { description: 'Empty until the upload is committed' })
  runsOf(@Parent() upload: EvalUpload, @CurrentLoaders() loaders: Loaders) {
    return this.runs.many(loaders, upload.runIds);
  }
}
