import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { DoorClock } from '../../platform/door/door-clock.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { IncidentReads } from '../incident/incident.reads.js';
import { TeamReads } from '../team/team.reads.js';
import { InstanceReads } from '../telemetry/instance.reads.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import type { Workflow } from '../workflow/workflow.types.js';
import { leverOffers } from './lever-offer.domain.js';
import { headlineView, liveView, stageViews } from './on-call-view.js';
import type { LastGood, OnCall } from './on-call.types.js';
import { recommend, suspects } from './recommendation.domain.js';
import { RollbackReads } from './rollback.reads.js';
import type { Standing } from './standing.domain.js';
import { StandingFactsReads } from './standing-facts.reads.js';
import { lastGood } from './targets.domain.js';

/** What one person on call sees of a workflow. A constant number of statements. */
@Injectable()
export class OnCallReads {
  constructor(
    private readonly database: Database,
    private readonly workflows: WorkflowReads,
    private readonly teams: TeamReads,
    private readonly facts: StandingFactsReads,
    private readonly rollbacks: RollbackReads,
    private readonly incidents: IncidentReads,
    private readonly instances: InstanceReads,
    private readonly clock: DoorClock,
  ) {}

  /** @param which id, or team.workflow. Null for what the actor may not see. */
  async of(loaders: Loaders, actor: Actor, which: string): Promise<OnCall | null> {
    const workflow = await (isUuid(which)
      ? this.workflows.byId(actor, which)
      : this.workflows.byFullKey(actor, which));
    if (!workflow) return null;
    const now = this.clock.now();
    const [standing, lastRollback, underway, [counts], byStage, team] = await Promise.all([
      this.facts.of(this.database.client, workflow.id, now),
      this.rollbacks.latest(workflow.id),
      this.incidents.underway(loaders, workflow.id),
      this.instances.counts([workflow.id]),
      this.instances.byStage([workflow.id]),
      this.teams.load(loaders, workflow.teamId),
    ]);
    if (!standing || !team) return null;
    const place = { teamId: workflow.teamId, workflowId: workflow.id };
    return {
      ...{ workflowId: workflow.id, workflow: workflowView(workflow, standing, team) },
      serving: stageViews(standing, counts ? byStage : null),
      headline: headlineView(standing),
      ...{ live: liveView(standing), lastGood: goodView(standing), recommendation: recommend(standing, now) },
      levers: leverOffers(standing),
      version: { incarnation: standing.incarnation, epoch: standing.epoch },
      openIncidents: underway,
      lastRollback,
      instances: counts ?? null,
      viewerCanRollBack: workflow.retiredAt === null && can(actor, 'rollback.trigger', place),
      viewerCanDrill: workflow.retiredAt === null && can(actor, 'drill.run', place),
      evaluatedAt: now,
    };
  }
}

const workflowView = (
  { id, name, retiredAt }: Workflow,
  { fullKey }: Standing,
  { key, name: teamName, onCallContact }: { key: string; name: string; onCallContact: string | null },
) => ({ id, fullKey, name, retiredAt, team: { key, name: teamName, onCallContact } });

function goodView(standing: Standing): LastGood | null {
  const good = lastGood(standing, suspects(standing));
  const release = good && standing.releases.get(good.releaseId);
  if (!good || !release) return null;
  const { id: releaseId, alias, digest, number } = release;
  return { releaseId, alias, digest, number, wasLiveFrom: good.lastFrom, until: good.until };
}
