import { Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { Permit } from '../../platform/permissions/permit.js';
import { Incident } from '../incident/incident.types.js';
import { IncidentReads } from '../incident/incident.reads.js';
import { LedgerEntryReads } from '../ledger/ledger-entry.reads.js';
import { ReleaseReads } from '../release/release.reads.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { Workflow } from '../workflow/workflow.types.js';
import { RollbackTriggerPayload } from './rollback.payloads.js';
import { reviewObjection } from './rollback-review.domain.js';
import { Hold, Overlay, Quarantine, Rollback, RollbackRelease, RollbackReview } from './rollback.types.js';
import { StandingReads } from './standing.reads.js';

/** What a rollback is about. A key that may only narrow reads these too, and nothing beyond them. */
@Resolver(() => Rollback)
@Permit('registry.read')
export class RollbackFieldsResolver {
  constructor(
    private readonly workflows: WorkflowReads,
    private readonly incidents: IncidentReads,
    private readonly releases: ReleaseReads,
    private readonly people: PersonReads,
    private readonly entries: LedgerEntryReads,
    private readonly standing: StandingReads,
  ) {}

  @ResolveField(() => Workflow, { nullable: true, description: 'Null to who may not read the registry' })
  workflow(@Parent() rollback: Rollback, @CurrentActor() actor: Actor, @CurrentLoaders() loaders: Loaders) {
    return can(actor, 'registry.read') ? this.workflows.must(loaders, rollback.workflowId) : null;
  }

  @ResolveField(() => Incident, {
    nullable: true,
    description: 'Null for a drill, and to who may not read the registry',
  })
  incident(
    @Parent() { incidentId }: Rollback,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return incidentId !== null && can(actor, 'registry.read')
      ? this.incidents.load(loaders, incidentId)
      : null;
  }

  @ResolveField(() => Int, { nullable: true, description: 'Of its incident; null for a drill' })
  async incidentNumber(@Parent() { incidentId }: Rollback, @CurrentLoaders() loaders: Loaders) {
    return incidentId === null ? null : ((await this.incidents.load(loaders, incidentId))?.number ?? null);
  }

  @ResolveField(() => String, { nullable: true, description: 'As given; null once it is erased' })
  async reason(@Parent() rollback: Rollback, @CurrentLoaders() loaders: Loaders) {
    return (await this.entries.reasonBeside(loaders, rollback.ledgerEntryId))?.text ?? null;
  }

  @ResolveField(() => String)
  async triggeredByName(@Parent() rollback: Rollback, @CurrentLoaders() loaders: Loaders) {
    return (await this.people.must(loaders, rollback.triggeredById)).name;
  }

  @ResolveField(() => [RollbackRelease], { description: 'Stop serving in its scope' })
  leftReleases(@Parent() { leftReleaseIds }: Rollback, @CurrentLoaders() loaders: Loaders) {
    return Promise.all(leftReleaseIds.map((id) => this.releases.must(loaders, id)));
  }

  @ResolveField(() => [Overlay], {
    description: 'In the order of the rollout; in each stage the one that wins first',
  })
  overlays(@Parent() rollback: Rollback, @CurrentLoaders() loaders: Loaders) {
    return this.standing.overlaysOfRollback(loaders, rollback.id);
  }

  @ResolveField(() => [Hold])
  holds(@Parent() rollback: Rollback, @CurrentLoaders() loaders: Loaders) {
    return this.standing.holdsOfRollback(loaders, rollback.id);
  }

  @ResolveField(() => [Quarantine])
  quarantines(@Parent() rollback: Rollback, @CurrentLoaders() loaders: Loaders) {
    return this.standing.quarantinesOfRollback(loaders, rollback.id);
  }

  @ResolveField(() => Boolean)
  async viewerCanReview(
    @Parent() rollback: Rollback,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    const { teamId } = await this.workflows.must(loaders, rollback.workflowId);
    const objection = reviewObjection(rollback, rollback.review !== null, actor.id);
    return objection === null && actor.kind === 'user' && can(actor, 'rollback.review', { teamId });
  }
}

/** Read only where it is asked for: whoever rolls back waits for the answer. */
@Resolver(() => RollbackTriggerPayload)
@Permit('registry.read')
export class RollbackTriggerPayloadResolver {
  constructor(private readonly rollbacks: RollbackFieldsResolver) {}

  @ResolveField(() => Incident, { nullable: true })
  incident(
    @Parent() { rollback }: RollbackTriggerPayload,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return rollback ? this.rollbacks.incident(rollback, actor, loaders) : null;
  }
}

@Resolver(() => RollbackReview)
@Permit('registry.read')
export class RollbackReviewResolver {
  constructor(private readonly people: PersonReads) {}

  @ResolveField(() => User)
  reviewer(@Parent() review: RollbackReview, @CurrentLoaders() loaders: Loaders) {
    return this.people.must(loaders, review.reviewerId);
  }
}
