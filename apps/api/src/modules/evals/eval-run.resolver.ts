import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { ConnectionArgs } from '../../platform/graphql/connection.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { ReleaseReads } from '../release/release.reads.js';
import { Release } from '../release/release.types.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { Workflow } from '../workflow/workflow.types.js';
import { EvalCaseReads } from './eval-case.reads.js';
import { EvalRunReads } from './eval-run.reads.js';
import { EvalRunImportInput, EvalRunImportPayload } from './evals.inputs.js';
import { EvalsReads } from './evals.reads.js';
import { EvalsService } from './evals.service.js';
import { EvalCaseConnection, EvalCaseFilter } from './eval-case.types.js';
import { EvalCategoryCount, EvalMetricResult, EvalRun } from './eval-run.types.js';
import { EvalSuiteVersion } from './evals.types.js';
import { categoryCounts, metricResults } from './run-results.domain.js';

@Resolver(() => EvalRun)
@Permit('registry.read')
export class EvalRunResolver {
  constructor(
    private readonly service: EvalsService,
    private readonly suites: EvalsReads,
    private readonly runs: EvalRunReads,
    private readonly cases: EvalCaseReads,
    private readonly people: PersonReads,
    private readonly workflows: WorkflowReads,
    private readonly releases: ReleaseReads,
  ) {}

  @Query(() => EvalRun, { nullable: true })
  @Permit('registry.read')
  async evalRun(
    @Args('id', { type: () => ID }) id: string,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    const run = await this.runs.load(loaders, id);
    return run && (await this.workflows.load(loaders, actor, run.workflowId)) ? run : null;
  }

  @ResolveField(() => Workflow)
  workflow(@Parent() run: EvalRun, @CurrentLoaders() loaders: Loaders) {
    return this.workflows.must(loaders, run.workflowId);
  }

  @ResolveField(() => Release, { nullable: true, description: 'The one that the upload named' })
  release(@Parent() run: EvalRun, @CurrentLoaders() loaders: Loaders) {
    return run.releaseId === null ? null : this.releases.load(loaders, run.releaseId);
  }

  @ResolveField(() => EvalSuiteVersion)
  suiteVersion(@Parent() run: EvalRun, @CurrentLoaders() loaders: Loaders) {
    return this.suites.loadVersion(loaders, run.suiteVersionId);
  }

  @ResolveField(() => User)
  importedBy(@Parent() run: EvalRun, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, run.importedById);
  }

  @ResolveField(() => [EvalMetricResult], {
    description: 'Gate metrics in the order of the suite, then the others',
  })
  async metrics(@Parent() run: EvalRun, @CurrentLoaders() loaders: Loaders) {
    const version = await this.suites.loadVersion(loaders, run.suiteVersionId);
    return version ? metricResults(version.definition, run.aggregates) : [];
  }

  @ResolveField(() => [EvalCategoryCount], {
    description: 'Categories that the suite requires, then the others',
  })
  async categories(@Parent() run: EvalRun, @CurrentLoaders() loaders: Loaders) {
    const version = await this.suites.loadVersion(loaders, run.suiteVersionId);
    return version ? categoryCounts(version.definition, run.aggregates) : [];
  }

  @ResolveField(() => EvalCaseConnection)
  caseList(
    @Parent() run: EvalRun,
    @Args() args: ConnectionArgs,
    @CurrentLoaders() loaders: Loaders,
    @Args('filter', { type: () => EvalCaseFilter, nullable: true }) filter?: EvalCaseFilter | null,
  ) {
    return this.cases.casesOf(loaders, run, args, filter ?? {});
  }

  @Mutation(() => EvalRunImportPayload, {
    description: 'At most 500 cases; larger files and other formats are sent to POST /api/eval-uploads',
  })
  @Permit('evalRun.import')
  evalRunImport(
    @Args('input') input: EvalRunImportInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return answer('evalRun', async () =>
      this.runs.load(loaders, (await this.service.importRun(actor, requestId, input)).runId),
    );
  }
}
