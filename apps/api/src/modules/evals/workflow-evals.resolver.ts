import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ConnectionArgs } from '../../platform/graphql/connection.js';
import { CurrentActor, CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { Permit } from '../../platform/permissions/permit.js';
import { Workflow } from '../workflow/workflow.types.js';
import { EvalRunReads } from './eval-run.reads.js';
import { EvalsReads } from './evals.reads.js';
import { EvalRunConnection, EvalRunFilter } from './eval-run.types.js';
import { EvalSuite } from './evals.types.js';

@Resolver(() => Workflow)
@Permit('registry.read')
export class WorkflowEvalsResolver {
  constructor(
    private readonly suites: EvalsReads,
    private readonly runs: EvalRunReads,
  ) {}

  @ResolveField(() => [EvalSuite], { description: 'By key' })
  evalSuites(@Parent() workflow: Workflow, @CurrentLoaders() loaders: Loaders) {
    return this.suites.suitesOfWorkflow(loaders, workflow.id);
  }

  @ResolveField(() => EvalRunConnection, { description: 'Newest first' })
  evalRuns(
    @Parent() workflow: Workflow,
    @Args() args: ConnectionArgs,
    @CurrentLoaders() loaders: Loaders,
    @Args('filter', { type: () => EvalRunFilter, nullable: true }) filter?: EvalRunFilter | null,
  ) {
    return this.runs.runsOfWorkflow(loaders, workflow.id, args, filter ?? {});
  }

  @ResolveField(() => Boolean, { description: 'Whether the viewer may import results' })
  viewerCanImportEvals(@Parent() workflow: Workflow, @CurrentActor() actor: Actor) {
    return (
      workflow.retiredAt === null &&
      can(actor, 'evalRun.import', { teamId: workflow.teamId, workflowId: workflow.id })
    );
  }
}
