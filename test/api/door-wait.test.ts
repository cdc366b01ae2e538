import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { createEngine } from '../support/engine.js';
import { postgresAvailable } from '../support/postgres.js';
import { freshKey, type Triggered } from '../support/rollback.builder.js';
import { reviseStage } from '../support/stage.builder.js';
import { adoptEverywhere, servedWorkflow, type ServedWorkflow } from '../support/runtime.builder.js';
import { createWorld, type World } from '../support/world.js';

/** The embedded database runs one statement at a time; only on a server does anybody wait. */
const onServer = postgresAvailable() ? describe : describe.skip;

onServer('who waits until somebody else is done with the workflow', () => {
  let world: World;
  let other: pg.Client;
  /** What is true of the server changes for it with each statement, because it has no transaction open. */
  let onlooker: pg.Client;
  let served: ServedWorkflow;

  beforeAll(async () => {
    const engine = await createEngine('postgres');
    world = await createWorld({}, [], engine);
    other = new pg.Client({ connectionString: engine.url ?? '' });
    onlooker = new pg.Client({ connectionString: engine.url ?? '' });
    await other.connect();
    await onlooker.connect();
    served = await servedWorkflow(world);
  }, 180_000);
  afterAll(async () => {
    await other.end();
    await onlooker.end();
    await world.close();
  });

  const hold = async () => {
    await other.query('BEGIN');
    await other.query('SELECT 1 FROM workflow WHERE id = $1 FOR UPDATE', [served.id]);
  };
  async function somebodyWaits(howMany = 1): Promise<void> {
    for (let tries = 0; tries < 500; tries += 1) {
      const { rowCount } = await onlooker.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      if (rowCount === howMany) return;
      await pause(10);
    }
    throw new Error('Nobody waited');
  }
  const rename = (name: string) =>
    reviseStage(world, served.id, served.team, 'internal', (definition) => ({ ...definition, name }));
  const entries = () => world.db.ledgerEntry.count({ where: { chain: served.id } });

  test('does what was asked once it is their turn, and not before', async () => {
    await hold();
    const before = await entries();
    const renamed = rename('Staff');
    await somebodyWaits();
    expect(await entries()).toBe(before);
    const freed = new Date();
    await other.query('COMMIT');
    expect((await renamed).userErrors).toEqual([]);
    const last = await world.db.ledgerEntry.findFirstOrThrow({
      where: { chain: served.id },
      orderBy: { seq: 'desc' },
    });
    expect(last.at.getTime()).toBeGreaterThanOrEqual(freed.getTime());
    expect(await entries()).toBe(before + 1);
  });

  test('is refused when their role was taken away meanwhile', async () => {
    await hold();
    const before = await entries();
    const refused = rename('Everybody').then(
      ({ userErrors }) => userErrors.map(({ code }) => code).join(),
      (error: unknown) => String(error),
    );
    await somebodyWaits();
    const { userId } = served.team.member;
    const administrator = await world.person({ organisationRoles: ['administrator'] });
    await world.mustAct(
      'teamMemberRemove',
      'team { id }',
      { teamId: served.team.id, userId, role: 'member' },
      administrator,
    );
    await other.query('COMMIT');
    expect(await refused).toContain('FORBIDDEN');
    expect(await entries()).toBe(before);
  });

  test('rolls back from where the workflow stands by then', async () => {
    await adoptEverywhere(world, served);
    const responder = await world.person({ organisationRoles: ['responder'] });
    const rollBack = (lever: Record<string, string>) =>
      world.mustAct<Triggered>(
        'rollbackTrigger',
        'rollback { number overlays { kind endedBy } } incident { number }',
        {
          ...{ workflowId: served.id, scope: 'workflow', levers: [lever] },
          ...{ reason: 'Two at once', idempotencyKey: freshKey() },
        },
        responder,
      );
    await hold();
    const both = Promise.all([rollBack({ kind: 'disable' }), rollBack({ kind: 'fallback', to: 'people' })]);
    await somebodyWaits(2);
    await other.query('COMMIT');
    const numbers = (await both).map(({ rollback, incident }) => [rollback?.number, incident?.number]);
    expect(numbers.sort()).toEqual([
      [1, 1],
      [2, 2],
    ]);
    const open = await world.db.overlay.count({ where: { workflowId: served.id, endLedgerEntryId: null } });
    const laid = await world.db.overlay.count({ where: { workflowId: served.id } });
    expect([open, laid]).toEqual([laid / 2, laid]);
  });
});
