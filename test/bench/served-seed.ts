import { adoptEverywhere, runtimeKey, servedWorkflow } from '../support/runtime.builder.js';
import { cloneWorkflow } from './clone-workflow.js';
import { withClient } from './postgres.js';
import { onDatabase } from './seed.js';

export interface Served {
  /** Of somebody who may roll back. */
  cookie: string;
  /** Of a server, for all of them. */
  secret: string;
  /** Of a server, for the first alone. */
  narrowSecret: string;
  workflows: { id: string; key: string }[];
}

/** Workflows that are live in every stage, and keys of their applications. */
export async function seedServed(url: string, count: number): Promise<Served> {
  const seeded = await onDatabase(url, async (world) => {
    const served = await servedWorkflow(world);
    await adoptEverywhere(world, served);
    const { secret } = await runtimeKey(world, served);
    const narrow = await runtimeKey(world, served, { workflowIds: [served.id], teamIds: [] });
    const { cookie } = await world.person({ organisationRoles: ['responder'] });
    return { id: served.id, secret, narrowSecret: narrow.secret, cookie };
  });
  const { id, ...rest } = seeded;
  const workflows = await withClient(url, async (client) => {
    if (count > 1) await cloneWorkflow(client, id, 1, count - 1);
    await client.query('VACUUM ANALYZE');
    const { rows } = await client.query<{ id: string; key: string }>(
      `SELECT w.id, t.key || '.' || w.key AS key FROM workflow w JOIN team t ON t.id = w.team_id
       ORDER BY w.id = $1 DESC, w.key`,
      [id],
    );
    return rows;
  });
  return { ...rest, workflows };
}
