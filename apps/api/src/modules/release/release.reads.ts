import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/database.js';
import { Prisma } from '../../platform/database/generated/client.js';
import type { ConnectionArgs } from '../../platform/graphql/connection.js';
import { grouped, indexed } from '../../platform/graphql/grouped.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import { latestIds } from '../../platform/graphql/latest-ids.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { nestedConnection } from '../../platform/graphql/nested-connection.js';
import type { Actor } from '../../platform/identity/actor.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import type { Release, ReleaseConnection, ReleaseStep } from './release.types.js';

/** Releases and their steps. What belongs to a workflow that the actor may not see does not exist for them. */
@Injectable()
export class ReleaseReads {
  constructor(
    private readonly database: Database,
    private readonly workflows: WorkflowReads,
  ) {}

  async byId(actor: Actor, id: string): Promise<Release | null> {
    const row = isUuid(id) ? await this.plain(id) : null;
    return row && (await this.workflows.byId(actor, row.workflowId)) ? row : null;
  }

  /** Outside any request, or inside an act's transaction; without a question of who asks. */
  plain(id: string, db: Pick<Tx, 'release'> = this.database.client): Promise<Release | null> {
    return db.release.findUnique({ where: { id } });
  }

  /** Those of these ids, or with one of these digests, in one workflow; in any order. */
  among(
    workflowId: string,
    { ids = [], digests = [] }: { ids?: string[]; digests?: string[] },
  ): Promise<Release[]> {
    return this.database.client.release.findMany({
      where: { workflowId, OR: [{ id: { in: ids } }, { digest: { in: digests } }] },
    });
  }

  /** Batched over the request. */
  /** Inside an act. Null where this workflow has no such release. */
  async ofWorkflowById(workflowId: string, id: string, tx: Tx): Promise<{ digest: string } | null> {
    return tx.release.findFirst({ where: { id, workflowId }, select: { digest: true } });
  }

  load(loaders: Loaders, id: string): Promise<Release | null> {
    return loaders
      .once('release', async (ids: readonly string[]) =>
        indexed(
          ids,
          await this.database.client.release.findMany({ where: { id: { in: [...ids] } } }),
          (r) => r.id,
        ),
      )
      .load(id);
  }

  /** A release that something points to; releases are never removed. */
  async must(loaders: Loaders, id: string): Promise<Release> {
    const release = await this.load(loaders, id);
    if (!release) throw new Error(`There is no release ${id}`);
    return release;
  }

  /** The one with the highest number; derived ones, which a rollback made, are passed over. */
  latest(loaders: Loaders, workflowId: string): Promise<Release | null> {
    return loaders
      .once('latestRelease', async (ids: readonly string[]) => {
        const newest = { table: 'release', orderBy: 'number', where: Prisma.sql`t.origin = 'registered'` };
        const where = { id: { in: await latestIds(this.database.client, newest, ids) } };
        const rows = await this.database.client.release.findMany({ where });
        return indexed(ids, rows, (row) => row.workflowId);
      })
      .load(workflowId);
  }

  /** In their order. */
  async steps(loaders: Loaders, releaseId: string): Promise<ReleaseStep[]> {
    const loader = loaders.once('releaseSteps', async (ids: readonly string[]) =>
      grouped(ids, await this.stepsOf(ids), (step) => step.releaseId),
    );
    return (await loader.load(releaseId)) ?? [];
  }

  stepsOf(
    ids: readonly string[],
    db: Pick<Tx, 'releaseStep'> = this.database.client,
  ): Promise<ReleaseStep[]> {
    return db.releaseStep.findMany({ where: { releaseId: { in: [...ids] } }, orderBy: { position: 'asc' } });
  }

  /** Of one workflow, newest first. */
  ofWorkflow(loaders: Loaders, workflowId: string, args: ConnectionArgs): Promise<ReleaseConnection> {
    const { client } = this.database;
    const list = {
      name: 'workflowReleases',
      table: 'release',
      belongs: Prisma.sql`t.workflow_id = p.id`,
      orderBy: 'number',
      keyType: 'integer' as const,
      rows: (ids: string[]) => client.release.findMany({ where: { id: { in: ids } } }),
      cursorOf: (row: Release) => ({ key: String(row.number), id: row.id }),
    };
    return nestedConnection(client, loaders, list, workflowId, args);
  }

  /** Ids of the workflows that have a release with a step that pins one of these prompt versions. */
  async workflowsPinning(
    promptVersionIds: readonly string[],
  ): Promise<{ promptVersionId: string; workflowId: string }[]> {
    return this.database.client.$queryRaw`
      SELECT DISTINCT s.prompt_version_id::text AS "promptVersionId", r.workflow_id::text AS "workflowId"
      FROM release_step s JOIN release r ON r.id = s.release_id
      WHERE s.prompt_version_id = ANY(${[...promptVersionIds]}::uuid[])`;
  }
}
