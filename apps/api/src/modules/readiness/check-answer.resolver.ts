import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { CheckAnswerReads } from './check-answer.reads.js';
import { CheckAnswerService } from './check-answer.service.js';
import { CheckAnswer, CheckAnswerInput, CheckAnswerPayload } from './check-answer.types.js';

@Resolver(() => CheckAnswer)
@Permit('registry.read')
export class CheckAnswerResolver {
  constructor(
    private readonly reads: CheckAnswerReads,
    private readonly answers: CheckAnswerService,
    private readonly people: PersonReads,
    private readonly workflows: WorkflowReads,
  ) {}

  @Query(() => [CheckAnswer], {
    description: "Newest first, at most 500. Without a workflow: the organisation's",
  })
  @Permit('registry.read')
  async checkAnswers(
    @CurrentActor() actor: Actor,
    @Args('workflowId', { type: () => ID, nullable: true }) workflowId?: string | null,
    @Args('checkId', { type: () => String, nullable: true }) checkId?: string | null,
  ) {
    if (workflowId && !(await this.workflows.byId(actor, workflowId))) return [];
    return this.reads.list(workflowId ?? null, checkId ?? null);
  }

  // The organisation's answers need another permission: the door asks for the right one.
  @Mutation(() => CheckAnswerPayload)
  @Permit('registry.read')
  checkAnswer(
    @Args('input') input: CheckAnswerInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return answer('checkAnswer', async () => {
      const { checkAnswerId } = await this.answers.give(actor, requestId, input);
      return this.reads.byId(checkAnswerId);
    });
  }

  @ResolveField(() => User)
  answeredBy(@Parent() given: CheckAnswer, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, given.answeredById);
  }
}
