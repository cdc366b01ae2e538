import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { Permit } from '../../platform/permissions/permit.js';
import { isUnderway } from '../incident/incident.domain.js';
import { Incident } from '../incident/incident.types.js';
import { LedgerEntryReads } from '../ledger/ledger-entry.reads.js';
import { LedgerEntry } from '../ledger/ledger.types.js';
import { PromotionReads } from '../promotion/promotion.reads.js';
import { Promotion } from '../promotion/promotion.types.js';
import { RollbackReads } from '../rollback/rollback.reads.js';
import { StandingReads } from '../rollback/standing.reads.js';
import { PersonReads } from '../team/person.reads.js';
import { User } from '../team/person.types.js';
import { RoleHoldersReads } from '../team/role-holders.reads.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { Workflow } from '../workflow/workflow.types.js';
import { BreakGlassOfferReads } from './break-glass-offer.reads.js';
import { BreakGlassReads } from './break-glass.reads.js';
import { BreakGlassGrant, BreakGlassOffer, BreakGlassUse } from './break-glass.types.js';

/** Where break-glass is seen: on the workflow until it is reviewed, on the incident, on the promotion. */
@Resolver(() => Workflow)
@Permit('registry.read')
export class WorkflowBreakGlassResolver {
  constructor(private readonly reads: BreakGlassReads) {}

  @ResolveField(() => [BreakGlassUse], {
    description: 'Moves past incomplete gates that no different person has looked at yet, newest first',
  })
  unreviewedBreakGlass(@Parent() workflow: Workflow, @CurrentLoaders() loaders: Loaders) {
    return this.reads.unreviewed(loaders, workflow.id);
  }
}

@Resolver(() => Incident)
@Permit('registry.read')
export class IncidentBreakGlassResolver {
  constructor(
    private readonly reads: BreakGlassReads,
    private readonly workflows: WorkflowReads,
    private readonly entries: LedgerEntryReads,
    private readonly rollbacks: RollbackReads,
    private readonly promotions: PromotionReads,
    private readonly standing: StandingReads,
    private readonly holders: RoleHoldersReads,
    private readonly people: PersonReads,
  ) {}

  /** Its rollbacks, and what they left that somebody may have ended since. */
  private async rolledBack(loaders: Loaders, incidentId: string): Promise<string[]> {
    const rollbacks = await this.rollbacks.ofIncident(loaders, incidentId);
    const left = await Promise.all(
      rollbacks.flatMap(({ id }) => [
        this.standing.overlaysOfRollback(loaders, id),
        this.standing.holdsOfRollback(loaders, id),
        this.standing.quarantinesOfRollback(loaders, id),
      ]),
    );
    return [...rollbacks, ...left.flat()].map(({ id }) => id);
  }

  @ResolveField(() => [LedgerEntry], {
    description:
      'What was done about it, with the rollbacks, grants, fixes and promotions that it led to; oldest first',
  })
  async timeline(@Parent() incident: Incident, @CurrentLoaders() loaders: Loaders) {
    const grants = await this.reads.ofIncident(loaders, incident.id);
    const found = await Promise.all(grants.map(({ id }) => this.reads.useOfGrant(loaders, id)));
    const uses = found.filter((use) => use !== null);
    const [rolledBack, fixes] = await Promise.all([
      this.rolledBack(loaders, incident.id),
      this.promotions.fixesOf(loaders, incident.id),
    ]);
    const granted = [...grants, ...uses].map(({ id }) => id);
    return this.entries.about(loaders, {
      chain: incident.workflowId,
      ids: [incident.id, ...granted, ...rolledBack, ...fixes],
      ...{ act: 'promotion.brokeGlass', others: uses.map(({ promotionId }) => promotionId) },
    });
  }

  @ResolveField(() => [BreakGlassGrant], { description: 'Newest first' })
  breakGlassGrants(@Parent() incident: Incident, @CurrentLoaders() loaders: Loaders) {
    return this.reads.ofIncident(loaders, incident.id);
  }

  @ResolveField(() => [User], { description: 'To whom the viewer could grant it: of the team, or on call' })
  async breakGlassCandidates(
    @Parent() incident: Incident,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    const { teamId } = await this.workflows.must(loaders, incident.workflowId);
    const team = Object.values(await this.holders.ofTeam(loaders, teamId)).flat();
    const onCall = (await this.holders.ofOrganisation(loaders)).responder ?? [];
    const ids = new Set([...team, ...onCall].filter((id) => id !== actor.id));
    const people = await this.people.many(loaders, [...ids]);
    return people.sort((one, other) => one.name.localeCompare(other.name));
  }

  @ResolveField(() => Boolean)
  async viewerCanGrantBreakGlass(
    @Parent() incident: Incident,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    const { teamId, retiredAt } = await this.workflows.must(loaders, incident.workflowId);
    return retiredAt === null && isUnderway(incident.state) && can(actor, 'breakGlass.grant', { teamId });
  }
}

@Resolver(() => Promotion)
@Permit('registry.read')
export class PromotionBreakGlassResolver {
  constructor(
    private readonly reads: BreakGlassReads,
    private readonly offers: BreakGlassOfferReads,
  ) {}

  @ResolveField(() => BreakGlassUse, { nullable: true, description: 'How its latest move passed its gates' })
  breakGlassUse(@Parent() promotion: Promotion, @CurrentLoaders() loaders: Loaders) {
    return this.reads.useOfPromotion(loaders, promotion.id);
  }

  @ResolveField(() => BreakGlassOffer, {
    nullable: true,
    description: 'What a grant in the viewer’s name would do; null without one',
  })
  viewerBreakGlass(
    @Parent() promotion: Promotion,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.offers.of(loaders, actor, promotion);
  }
}
