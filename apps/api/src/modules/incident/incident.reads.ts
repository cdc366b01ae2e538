import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/database.js';
import { Prisma } from '../../platform/database/generated/client.js';
import {
  keysetWhere,
  pageOf,
  toConnection,
  type ConnectionArgs,
  type ConnectionOf,
} from '../../platform/graphql/connection.js';
import { instantKey } from '../../platform/graphql/cursor-keys.js';
import { grouped, indexed } from '../../platform/graphql/grouped.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { nestedConnection } from '../../platform/graphql/nested-connection.js';
import type { Actor } from '../../platform/identity/actor.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import type { IncidentLinkKind, IncidentOrigin, IncidentState } from './incident.schema.js';
import type { Incident } from './incident.types.js';

export interface IncidentQuery {
  state?: readonly IncidentState[] | null;
  workflowId?: string | null;
}

const withLinks = {
  links: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
} as const satisfies Prisma.IncidentInclude;

type Row = Prisma.IncidentGetPayload<{ include: typeof withLinks }>;

/** The database holds the closed sets. */
const incidentOf = ({ links, ...row }: Row): Incident => ({
  ...row,
  state: row.state as IncidentState,
  origin: row.origin as IncidentOrigin,
  links: links.map((link) => ({ ...link, kind: link.kind as IncidentLinkKind })),
});

const cursorOf = (row: Incident) => ({ key: row.openedAt.toISOString(), id: row.id });

/** Incidents, newest first. Those of workflows that the viewer may not see are left out. */
@Injectable()
export class IncidentReads {
  constructor(
    private readonly database: Database,
    private readonly workflows: WorkflowReads,
  ) {}

  load(loaders: Loaders, id: string): Promise<Incident | null> {
    const loader = loaders.once<string, Incident>('incident', async (ids) => {
      return indexed(ids, await this.rows(ids.filter(isUuid)), (row) => row.id);
    });
    return loader.load(id);
  }

  /** Null also for one of a workflow that the actor may not see. */
  async visible(loaders: Loaders, actor: Actor, id: string): Promise<Incident | null> {
    const incident = await this.load(loaders, id);
    return incident && (await this.workflows.load(loaders, actor, incident.workflowId)) ? incident : null;
  }

  /** Outside any request. */
  async byId(id: string): Promise<Incident | null> {
    return (await this.rows([id]))[0] ?? null;
  }

  /** Inside an act. */
  async plain(tx: Pick<Tx, 'incident'>, id: string): Promise<Incident | null> {
    const row = await tx.incident.findUnique({ where: { id }, include: withLinks });
    return row && incidentOf(row);
  }

  /** Which workflow an act on an incident is about; null for an unknown one. */
  async workflowOf(id: string): Promise<string | null> {
    const { client } = this.database;
    const row = await client.incident.findUnique({ where: { id }, select: { workflowId: true } });
    return row?.workflowId ?? null;
  }

  async page(actor: Actor, args: ConnectionArgs, query: IncidentQuery): Promise<ConnectionOf<Incident>> {
    const page = pageOf(args);
    const hidden = await this.workflows.hiddenFrom(actor);
    const asked = query.workflowId ?? null;
    const where: Prisma.IncidentWhereInput = {
      AND: [
        { workflowId: { notIn: hidden } },
        asked === null ? {} : { workflowId: isUuid(asked) ? asked : { in: [] } },
        query.state ? { state: { in: [...query.state] } } : {},
      ],
    };
    const { client } = this.database;
    const [rows, total] = await Promise.all([
      client.incident.findMany({
        where: { AND: [where, keysetWhere('openedAt', 'desc', page.after, instantKey)] },
        include: withLinks,
        orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
        take: page.take,
        skip: page.skip,
      }),
      client.incident.count({ where }),
    ]);
    return toConnection(rows.map(incidentOf), page, total, cursorOf);
  }

  /** Of one workflow, in as many statements for many workflows as for one. */
  ofWorkflow(loaders: Loaders, workflowId: string, args: ConnectionArgs, states: readonly string[] | null) {
    const list = {
      ...{ name: `incidents ${JSON.stringify(states)}`, table: 'incident', orderBy: 'opened_at' },
      ...{ belongs: Prisma.sql`t.workflow_id = p.id`, keyType: 'instant' as const, cursorOf },
      where: states ? Prisma.sql`t.state = ANY(${[...states]}::text[])` : Prisma.sql`TRUE`,
      rows: (ids: string[]) => this.rows(ids),
    };
    return nestedConnection(this.database.client, loaders, list, workflowId, args);
  }

  /** Those that are not resolved, of one workflow, newest first. */
  async underway(loaders: Loaders, workflowId: string): Promise<Incident[]> {
    const loader = loaders.once<string, Incident[]>('incidents.underway', async (ids) => {
      const rows = await this.database.client.incident.findMany({
        where: { workflowId: { in: [...ids] }, state: { not: 'resolved' } },
        include: withLinks,
        orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
      });
      return grouped(ids, rows.map(incidentOf), (row) => row.workflowId);
    });
    return (await loader.load(workflowId)) ?? [];
  }

  private async rows(ids: readonly string[]): Promise<Incident[]> {
    const where = { id: { in: [...ids] } };
    return (await this.database.client.incident.findMany({ where, include: withLinks })).map(incidentOf);
  }
}
