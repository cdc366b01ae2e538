import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { Workflow } from '../workflow/workflow.types.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import {
  EvalSuiteCreateInput,
  EvalSuiteCreatePayload,
  EvalSuiteVersionCreateInput,
  EvalSuiteVersionCreatePayload,
} from './evals.inputs.js';
import { EvalsReads } from './evals.reads.js';
import { EvalsService } from './evals.service.js';
import { EvalSuite, EvalSuiteVersion } from './evals.types.js';

@Resolver(() => EvalSuite)
@Permit('registry.read')
export class EvalSuiteResolver {
  constructor(
    private readonly service: EvalsService,
    private readonly reads: EvalsReads,
    private readonly workflows: WorkflowReads,
  ) {}

  @Query(() => EvalSuite, { nullable: true })
  @Permit('registry.read')
  async evalSuite(
    @Args('id', { type: () => ID }) id: string,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    const suite = await this.reads.loadSuite(loaders, id);
    return suite && (await this.workflows.load(loaders, actor, suite.workflowId)) ? suite : null;
  }

  @ResolveField(() => Workflow)
  workflow(@Parent() suite: EvalSuite, @CurrentLoaders() loaders: Loaders) {
    return this.workflows.must(loaders, suite.workflowId);
  }

  @ResolveField(() => EvalSuiteVersion, { nullable: true })
  latestVersion(@Parent() suite: EvalSuite, @CurrentLoaders() loaders: Loaders) {
    return this.reads.latestVersion(loaders, suite);
  }

  @ResolveField(() => [EvalSuiteVersion], { description: 'Newest first' })
  versions(@Parent() suite: EvalSuite, @CurrentLoaders() loaders: Loaders) {
    return this.reads.versions(loaders, suite.id);
  }

  @Mutation(() => EvalSuiteCreatePayload)
  @Permit('evalSuite.edit')
  evalSuiteCreate(
    @Args('input') input: EvalSuiteCreateInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return answer('evalSuite', async () =>
      this.reads.loadSuite(loaders, (await this.service.createSuite(actor, requestId, input)).suiteId),
    );
  }

  @Mutation(() => EvalSuiteVersionCreatePayload, {
    description: 'Runs of earlier versions stay what they are and gate nothing any more',
  })
  @Permit('evalSuite.edit')
  evalSuiteVersionCreate(
    @Args('input') input: EvalSuiteVersionCreateInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return answer('evalSuiteVersion', async () =>
      this.reads.loadVersion(
        loaders,
        (await this.service.createVersion(actor, requestId, input)).suiteVersionId,
      ),
    );
  }
}

@Resolver(() => EvalSuiteVersion)
@Permit('registry.read')
export class EvalSuiteVersionResolver {
  constructor(
    private readonly reads: EvalsReads,
    private readonly people: PersonReads,
  ) {}

  @ResolveField(() => EvalSuite)
  suite(@Parent() version: EvalSuiteVersion, @CurrentLoaders() loaders: Loaders) {
    return this.reads.loadSuite(loaders, version.suiteId);
  }

  @ResolveField(() => User)
  author(@Parent() version: EvalSuiteVersion, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, version.authorId);
  }
}
