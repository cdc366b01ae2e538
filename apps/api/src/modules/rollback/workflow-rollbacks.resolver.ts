import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ConnectionArgs } from '../../platform/graphql/connection.js';
import { CurrentActor, CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { Permit } from '../../platform/permissions/permit.js';
import { Incident } from '../incident/incident.types.js';
import { Workflow } from '../workflow/workflow.types.js';
import { IncidentTextReads } from './incident-text.reads.js';
import { RollbackReads } from './rollback.reads.js';
import { Hold, Overlay, Quarantine, Rollback, RollbackConnection } from './rollback.types.js';
import { StandingReads } from './standing.reads.js';

/** What rollbacks left behind on a workflow. */
@Resolver(() => Workflow)
@Permit('registry.read')
export class WorkflowRollbacksResolver {
  constructor(
    private readonly reads: RollbackReads,
    private readonly standing: StandingReads,
  ) {}

  @ResolveField(() => RollbackConnection, { description: 'Newest first, drills with them' })
  rollbacks(@Parent() workflow: Workflow, @Args() args: ConnectionArgs, @CurrentLoaders() loaders: Loaders) {
    return this.reads.ofWorkflow(loaders, workflow.id, args);
  }

  @ResolveField(() => [Overlay], {
    description: 'In force now, in the order of the rollout; in each stage the one that wins first',
  })
  overlays(@Parent() workflow: Workflow, @CurrentLoaders() loaders: Loaders) {
    return this.standing.openOverlays(loaders, workflow.id);
  }

  @ResolveField(() => [Hold], { description: 'Not lifted, newest first' })
  holds(@Parent() workflow: Workflow, @CurrentLoaders() loaders: Loaders) {
    return this.standing.openHolds(loaders, workflow.id);
  }

  @ResolveField(() => [Quarantine], { description: 'Not cleared, newest first' })
  quarantines(@Parent() workflow: Workflow, @CurrentLoaders() loaders: Loaders) {
    return this.standing.openQuarantines(loaders, workflow.id);
  }

  @ResolveField(() => Boolean)
  viewerCanRollBack(@Parent() { id, teamId, retiredAt }: Workflow, @CurrentActor() actor: Actor) {
    return retiredAt === null && can(actor, 'rollback.trigger', { teamId, workflowId: id });
  }
}

@Resolver(() => Incident)
@Permit('registry.read')
export class IncidentRollbacksResolver {
  constructor(
    private readonly reads: RollbackReads,
    private readonly texts: IncidentTextReads,
  ) {}

  @ResolveField(() => [Rollback], { description: 'Oldest first' })
  rollbacks(@Parent() incident: Incident, @CurrentLoaders() loaders: Loaders) {
    return this.reads.ofIncident(loaders, incident.id);
  }

  @ResolveField(() => String, { description: 'What happened, to be copied elsewhere' })
  text(@Parent() incident: Incident, @CurrentLoaders() loaders: Loaders) {
    return this.texts.of(loaders, incident);
  }
}
