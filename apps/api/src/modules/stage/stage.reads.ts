import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { grouped, indexed } from '../../platform/graphql/grouped.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { OccupiedStage } from '../release/lineage.domain.js';
import { servedInsteadIn, type ServedInstead } from './served-instead.reads.js';
import type { StageDefinition } from './stage.schema.js';
import type { Occupancy, Stage, StageRevision } from './stage.types.js';

interface RevisionRow extends Omit<StageRevision, 'name' | 'definition' | 'waits'> {
  canonical: string;
  /** Number of the revision in force. */
  current: number;
}

const revisionOf = ({ canonical, current, ...row }: RevisionRow): StageRevision => {
  const definition = JSON.parse(canonical) as StageDefinition;
  return { ...row, name: definition.name, definition, waits: row.revision > current };
};

/** Stages, their definitions and who occupies them now. Every answer is batched: one statement a request and kind. */
@Injectable()
export class StageReads {
  constructor(private readonly database: Database) {}

  /** In the order of the rollout. */
  async ofWorkflow(loaders: Loaders, workflowId: string): Promise<Stage[]> {
    const loader = loaders.once<string, Stage[]>('stage.ofWorkflow', async (ids) => {
      const rows = await this.database.client.stage.findMany({
        where: { workflowId: { in: [...ids] } },
        orderBy: { position: 'asc' },
      });
      return grouped(ids, rows, (row) => row.workflowId);
    });
    return (await loader.load(workflowId)) ?? [];
  }

  async byKey(loaders: Loaders, workflowId: string, key: string): Promise<Stage | null> {
    return (await this.ofWorkflow(loaders, workflowId)).find((stage) => stage.key === key) ?? null;
  }

  /** Every revision of one stage, newest first. */
  async revisions(loaders: Loaders, stage: Pick<Stage, 'workflowId' | 'key'>): Promise<StageRevision[]> {
    const loader = loaders.once<string, StageRevision[]>('stage.revisions', async (ids) => {
      const rows = await this.revisionRows('workflow', ids);
      return grouped(ids, rows.map(revisionOf), (row) => row.workflowId);
    });
    const all = (await loader.load(stage.workflowId)) ?? [];
    return all.filter((revision) => revision.stageKey === stage.key);
  }

  /** The definition in force. */
  async current(loaders: Loaders, stage: Stage): Promise<StageRevision> {
    const all = await this.revisions(loaders, stage);
    const found = all.find((revision) => revision.id === stage.currentRevisionId);
    if (!found) throw new Error(`Stage ${stage.key} has no definition`);
    return found;
  }

  /** What a team calls these stages now. */
  async names(loaders: Loaders, workflowId: string, keys: readonly string[]): Promise<string[]> {
    const stages = await this.ofWorkflow(loaders, workflowId);
    const named = await Promise.all(
      stages.map(async (stage) => [stage.key, (await this.current(loaders, stage)).name] as const),
    );
    const names = new Map(named);
    return keys.map((key) => names.get(key) ?? key);
  }

  async revision(loaders: Loaders, id: string): Promise<StageRevision | null> {
    const loader = loaders.once<string, StageRevision>('stage.revision', async (ids) => {
      const rows = (await this.revisionRows('revision', ids)).map(revisionOf);
      return indexed(ids, rows, (row) => row.id);
    });
    return loader.load(id);
  }

  /** What is in the stage now. */
  async occupant(loaders: Loaders, stage: Pick<Stage, 'workflowId' | 'key'>): Promise<Occupancy | null> {
    return (
      (await this.occupants(loaders, stage.workflowId)).find((row) => row.stageKey === stage.key) ?? null
    );
  }

  /** What is in each stage of a workflow now; stages that are empty are left out. */
  async occupants(loaders: Loaders, workflowId: string): Promise<Occupancy[]> {
    const loader = loaders.once<string, Occupancy[]>('stage.occupants', async (ids) => {
      const rows = await this.database.client.occupancy.findMany({
        where: { workflowId: { in: [...ids] }, to: null },
      });
      return grouped(ids, rows, (row) => row.workflowId);
    });
    return (await loader.load(workflowId)) ?? [];
  }

  /** The stages of a workflow with the release in each. */
  async occupied(loaders: Loaders, workflowId: string): Promise<OccupiedStage[]> {
    const [stages, occupants] = await Promise.all([
      this.ofWorkflow(loaders, workflowId),
      this.occupants(loaders, workflowId),
    ]);
    return stages.map(({ key, position }) => ({
      ...{ key, position },
      occupantId: occupants.find((occupant) => occupant.stageKey === key)?.releaseId ?? null,
    }));
  }

  /** The same with what is effectively served: a rollback's overlay for everybody comes before the pointer. */
  async served(loaders: Loaders, workflowId: string): Promise<OccupiedStage[]> {
    const loader = loaders.once<string, ServedInstead[]>('stage.servedInstead', async (ids) =>
      grouped(ids, await servedInsteadIn(this.database.client, ids), (row) => row.workflowId),
    );
    const [stages, instead] = await Promise.all([
      this.occupied(loaders, workflowId),
      loader.load(workflowId),
    ]);
    return stages.map((stage) => ({
      ...stage,
      occupantId: instead?.find(({ stageKey }) => stageKey === stage.key)?.releaseId ?? stage.occupantId,
    }));
  }

  /** Of one revision, outside any request: to know which workflow an act is about. */
  async workflowOfRevision(id: string): Promise<string | null> {
    const row = await this.database.client.stageRevision.findUnique({
      where: { id },
      select: { workflowId: true },
    });
    return row?.workflowId ?? null;
  }

  private revisionRows(by: 'workflow' | 'revision', ids: readonly string[]): Promise<RevisionRow[]> {
    const [workflows, revisions] = by === 'workflow' ? [[...ids], []] : [[], [...ids]];
    return this.database.client.$queryRaw<RevisionRow[]>`
      SELECT r.id::text, r.workflow_id::text AS "workflowId", r.stage_key AS "stageKey", r.revision, r.canonical,
        r.digest, r.effect, r.reason, r.created_by_id::text AS "createdById", r.created_at AS "createdAt",
        a.approved_by_id::text AS "approvedById", a.created_at AS "approvedAt", f.revision AS current
      FROM stage_revision r
      JOIN stage s ON s.workflow_id = r.workflow_id AND s.key = r.stage_key
      JOIN stage_revision f ON f.id = s.current_revision_id
      LEFT JOIN stage_revision_approval a ON a.stage_revision_id = r.id
      WHERE r.workflow_id = ANY(${workflows}::uuid[]) OR r.id = ANY(${revisions}::uuid[])
      ORDER BY r.revision DESC`;
  }
}
