import { expect, test } from '@jest/globals';
import { createEngine } from '../support/engine.js';
import { postgresAvailable } from '../support/postgres.js';

const onPostgres = postgresAvailable() ? test : test.skip;
onPostgres('the service runs as a role that owns nothing and may truncate nothing', async () => {
  const engine = await createEngine('postgres');
  try {
    const { client, asOwner } = engine.database;
    expect(asOwner).toBe(false);
    expect(await client.$queryRaw`SELECT current_user::text AS "user"`).toEqual([
      { user: 'holdpoint_runtime' },
    ]);
    const rights = (privilege: string) =>
      client.$queryRawUnsafe<{ table: string }[]>(
        `SELECT relname::text AS "table" FROM pg_class
         WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND has_table_privilege(oid, '${privilege}') ORDER BY 1`,
      );
    expect(await rights('TRUNCATE')).toEqual([]);
    expect((await rights('DELETE')).map(({ table }) => table)).toEqual([
      ...[
        'account',
        'acknowledgement',
        'drift_finding',
        'eval_upload',
        'idempotency_record',
        'instance',
        'outbox_event',
        'reset_link',
        'rollback_effect',
        'served_count',
        'session',
        'setup_link',
        'sign_in_throttle',
        'verification',
      ],
    ]);
    const owned =
      await client.$queryRaw`SELECT relname FROM pg_class WHERE relowner = 'holdpoint_runtime'::regrole`;
    expect(owned).toEqual([]);
    await expect(client.$executeRaw`CREATE TABLE mine (id INT)`).rejects.toThrow(/permission denied/);
    await expect(client.$executeRaw`ALTER TABLE occupancy DISABLE TRIGGER ALL`).rejects.toThrow(
      /must be owner/,
    );
  } finally {
    await engine.close();
  }
});
