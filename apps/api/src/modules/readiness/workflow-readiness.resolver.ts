import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { Permit } from '../../platform/permissions/permit.js';
import { StageReads } from '../stage/stage.reads.js';
import { Stage } from '../stage/stage.types.js';
import { Workflow } from '../workflow/workflow.types.js';
import { NextStageReads } from './next-stage.reads.js';
import { ReadinessReads } from './readiness.reads.js';
import { ReadinessType } from './readiness.types.js';

@Resolver(() => Workflow)
@Permit('registry.read')
export class WorkflowReadinessResolver {
  constructor(
    private readonly next: NextStageReads,
    private readonly stages: StageReads,
    private readonly reads: ReadinessReads,
  ) {}

  @ResolveField(() => Stage, { nullable: true, description: 'Which the latest release would enter next' })
  async nextStage(@Parent() workflow: Workflow, @CurrentLoaders() loaders: Loaders) {
    const step = await this.next.of(loaders, workflow.id);
    return step && this.stages.byKey(loaders, workflow.id, step.stageKey);
  }

  @ResolveField(() => ReadinessType, {
    nullable: true,
    description: 'Of the latest release for its next stage',
  })
  async nextReadiness(@Parent() workflow: Workflow, @CurrentLoaders() loaders: Loaders) {
    const step = await this.next.of(loaders, workflow.id);
    return step && this.reads.load(loaders, step);
  }
}
