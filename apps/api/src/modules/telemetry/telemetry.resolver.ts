import { Args, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ConnectionArgs } from '../../platform/graphql/connection.js';
import { CurrentLoaders } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { Permit } from '../../platform/permissions/permit.js';
import { Incident } from '../incident/incident.types.js';
import { Rollback } from '../rollback/rollback.types.js';
import { Workflow } from '../workflow/workflow.types.js';
import { DriftReads } from './drift.reads.js';
import { EffectReads } from './effect.reads.js';
import { effectShown } from './effect-view.js';
import { InstanceReads } from './instance.reads.js';
import { ServedCountReads } from './served-count.reads.js';
import {
  DriftFinding,
  InstanceConnection,
  RequestsServed,
  RollbackEffect,
  ServedCount,
  VersionInstances,
} from './telemetry.types.js';

/** Most hours that are shown at once: a month. */
const mostHours = 744;

@Resolver(() => Workflow)
@Permit('registry.read')
export class WorkflowTelemetryResolver {
  constructor(
    private readonly instanceReads: InstanceReads,
    private readonly drift: DriftReads,
    private readonly counts: ServedCountReads,
  ) {}

  @ResolveField(() => InstanceConnection, { description: 'Heard of within a day, in any environment' })
  instances(@Parent() { id }: Workflow, @Args() args: ConnectionArgs, @CurrentLoaders() loaders: Loaders) {
    return this.instanceReads.page(loaders, id, args);
  }

  @ResolveField(() => [VersionInstances], { description: 'Running in production; the newest version first' })
  instancesByVersion(@Parent() { id }: Workflow, @CurrentLoaders() loaders: Loaders) {
    return this.instanceReads.byVersion(loaders, id);
  }

  @ResolveField(() => [DriftFinding], { description: 'Open ones first; ended ones for a week' })
  driftFindings(@Parent() { id }: Workflow, @CurrentLoaders() loaders: Loaders) {
    return this.drift.findings(loaders, id);
  }

  @ResolveField(() => [ServedCount], { description: 'Requests in production by hour, the newest first' })
  servedCounts(
    @Parent() { id }: Workflow,
    @CurrentLoaders() loaders: Loaders,
    @Args('hours', { type: () => Int, defaultValue: 24, description: '1 to 744' }) hours: number,
  ) {
    return this.counts.lately(loaders, id, Math.min(Math.max(hours, 1), mostHours));
  }
}

@Resolver(() => Incident)
@Permit('registry.read')
export class IncidentTelemetryResolver {
  constructor(private readonly counts: ServedCountReads) {}

  @ResolveField(() => [RequestsServed], {
    description:
      'By audience, requests that got a release which a rollback of this incident left, while it was live',
  })
  requestsServed(@Parent() { id }: Incident, @CurrentLoaders() loaders: Loaders) {
    return this.counts.whileLive(loaders, id);
  }
}

@Resolver(() => Rollback)
@Permit('rollback.read')
export class RollbackEffectResolver {
  constructor(private readonly effects: EffectReads) {}

  @ResolveField(() => RollbackEffect, { description: 'Measured from being asked' })
  async effect(@Parent() { id }: Rollback, @CurrentLoaders() loaders: Loaders) {
    const effect = await this.effects.load(loaders, id);
    return effect && effectShown(effect);
  }
}
