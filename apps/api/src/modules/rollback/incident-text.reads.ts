import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Incident } from '../incident/incident.types.js';
import { LedgerEntryReads } from '../ledger/ledger-entry.reads.js';
import { ReleaseReads } from '../release/release.reads.js';
import { StageReads } from '../stage/stage.reads.js';
import { PersonReads } from '../team/person.reads.js';
import { TeamReads } from '../team/team.reads.js';
import { EffectReads } from '../telemetry/effect.reads.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { incidentText, type IncidentTextFacts } from './incident-text.domain.js';
import { RollbackReads } from './rollback.reads.js';
import type { Rollback } from './rollback.types.js';
import type { Segment } from './segment.domain.js';

/** What happened in an incident, to be copied elsewhere. Batched over the request. */
@Injectable()
export class IncidentTextReads {
  constructor(
    private readonly rollbacks: RollbackReads,
    private readonly workflows: WorkflowReads,
    private readonly teams: TeamReads,
    private readonly releases: ReleaseReads,
    private readonly people: PersonReads,
    private readonly stages: StageReads,
    private readonly entries: LedgerEntryReads,
    private readonly effects: EffectReads,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async of(loaders: Loaders, incident: Incident): Promise<string> {
    const [workflow, rollbacks] = await Promise.all([
      this.workflows.must(loaders, incident.workflowId),
      this.rollbacks.ofIncident(loaders, incident.id),
    ]);
    const team = await this.teams.must(loaders, workflow.teamId);
    const fullKey = `${team.key}.${workflow.key}`;
    const console = this.config.publicUrl ?? '';
    return incidentText({
      ...{ number: incident.number, title: incident.title, state: incident.state, note: incident.note },
      ...{
        openedAt: incident.openedAt,
        monitoringAt: incident.monitoringAt,
        resolvedAt: incident.resolvedAt,
      },
      workflow: fullKey,
      pages: {
        incident: `${console}/workflows/${workflow.id}/incidents/${incident.id}`,
        live: `${console}/live/${fullKey}`,
      },
      rollbacks: await Promise.all(rollbacks.map((rollback) => this.said(loaders, rollback))),
    });
  }

  private async said(loaders: Loaders, rollback: Rollback): Promise<IncidentTextFacts['rollbacks'][number]> {
    const { number, askedAt, appliedAt, stageKeys, levers, leftReleaseIds } = rollback;
    const servesId = levers.find((lever) => lever.releaseId !== null)?.releaseId ?? null;
    const [by, reason, serves, left, stageNames, effect] = await Promise.all([
      this.people.must(loaders, rollback.triggeredById),
      this.entries.reasonBeside(loaders, rollback.ledgerEntryId),
      servesId === null ? null : this.releases.must(loaders, servesId),
      Promise.all(leftReleaseIds.map((id) => this.releases.must(loaders, id))),
      this.stages.names(loaders, rollback.workflowId, stageKeys),
      this.effects.load(loaders, rollback.id),
    ]);
    return {
      ...{ number, askedAt, appliedAt, stageNames, levers, by: by.name, reason: reason?.text ?? null },
      ...{ servesAlias: serves?.alias ?? null, left: left.map(({ alias }) => alias) },
      ...{ segment: rollback.segment as Segment, effect },
    };
  }
}
