import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { answer } from '../../platform/graphql/answer.js';
import { CurrentActor, CurrentLoaders, RequestId } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Permit } from '../../platform/permissions/permit.js';
import {
  IncidentAssignInput,
  IncidentAssignPayload,
  IncidentLinkInput,
  IncidentLinkPayload,
  IncidentListArgs,
  IncidentMonitorInput,
  IncidentMonitorPayload,
  IncidentOpenInput,
  IncidentOpenPayload,
  IncidentResolveInput,
  IncidentResolvePayload,
} from './incident.inputs.js';
import { IncidentLinkService } from './incident-link.service.js';
import { IncidentReads } from './incident.reads.js';
import { IncidentService } from './incident.service.js';
import { Incident, IncidentConnection } from './incident.types.js';

@Resolver(() => Incident)
@Permit('registry.read')
export class IncidentResolver {
  constructor(
    private readonly reads: IncidentReads,
    private readonly service: IncidentService,
    private readonly linking: IncidentLinkService,
  ) {}

  @Query(() => Incident, { nullable: true })
  @Permit('registry.read')
  incident(
    @Args('id', { type: () => ID }) id: string,
    @CurrentActor() actor: Actor,
    @CurrentLoaders() loaders: Loaders,
  ) {
    return this.reads.visible(loaders, actor, id);
  }

  @Query(() => IncidentConnection, { description: 'Newest first' })
  @Permit('registry.read')
  incidents(@Args() args: IncidentListArgs, @CurrentActor() actor: Actor) {
    return this.reads.page(actor, args, args.filter ?? {});
  }

  @Mutation(() => IncidentOpenPayload)
  @Permit('incident.work')
  incidentOpen(
    @Args('input') input: IncidentOpenInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return this.answered(() => this.service.open(actor, requestId, input));
  }

  @Mutation(() => IncidentLinkPayload, { description: 'Also once it is resolved' })
  @Permit('incident.work')
  incidentLink(
    @Args('input') input: IncidentLinkInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return this.answered(() => this.linking.link(actor, requestId, input));
  }

  @Mutation(() => IncidentAssignPayload)
  @Permit('incident.work')
  incidentAssign(
    @Args('input') input: IncidentAssignInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return this.answered(() => this.service.assign(actor, requestId, input));
  }

  @Mutation(() => IncidentMonitorPayload)
  @Permit('incident.work')
  incidentMonitor(
    @Args('input') input: IncidentMonitorInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return this.answered(() => this.service.monitor(actor, requestId, input));
  }

  @Mutation(() => IncidentResolvePayload, {
    description: 'There is no way back; what comes again is a new one',
  })
  @Permit('incident.work')
  incidentResolve(
    @Args('input') input: IncidentResolveInput,
    @CurrentActor() actor: Actor,
    @RequestId() requestId: string,
  ) {
    return this.answered(() => this.service.resolve(actor, requestId, input));
  }

  private answered(work: () => Promise<{ incidentId: string }>) {
    return answer('incident', async () => this.reads.byId((await work()).incidentId));
  }
}
