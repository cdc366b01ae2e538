import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Tx } from '../../apps/api/src/platform/database/database.js';
import { createEngine } from '../support/engine.js';
import { liveTwice, type Live } from '../support/live.builder.js';
import { PointerFixture } from '../support/pointer-fixture.js';
import { postgresAvailable } from '../support/postgres.js';
import type { RollbackState } from '../support/rollback.builder.js';
import { staffedTeam } from '../support/team.builder.js';
import { createWorld, type World } from '../support/world.js';

const no = /permission denied|is refused/;

describe.each([['pglite'], ['postgres']] as const)(
  'what a rollback left, written past every service (%s)',
  (kind) => {
    const run = kind === 'pglite' || postgresAvailable() ? test : test.skip;
    let world: World;
    let live: Live;
    let rollback: RollbackState;
    /** Writes a valid entry into the chain of the workflow: what a forger with the runtime role can do. */
    let forger: PointerFixture;

    beforeAll(async () => {
      if (kind === 'postgres' && !postgresAvailable()) return;
      world = await createWorld({}, [], await createEngine(kind));
      live = await liveTwice(world, await staffedTeam(world));
      const segment = [{ attribute: 'region', operator: 'equals', values: ['eu'] }];
      ({ rollback } = await live.rollbacks.revert(live.good, { stageKeys: ['internal'], segment }));
      forger = new PointerFixture(world.database);
      Object.assign(forger, { workflowId: live.promotions.workflow.id });
    }, 240_000);
    afterAll(() => (kind === 'pglite' || postgresAvailable() ? world.close() : undefined));

    const sql = (text: string) => world.db.$executeRawUnsafe(text);
    const inLedger = (write: (tx: Tx, entryId: string) => Promise<unknown>) =>
      world.db.$transaction(async (tx) => {
        const at = new Date(Date.now() + 60_000).toISOString();
        await write(tx, await forger.append(tx, { at }));
      });
    const row = (table: string, id: string) =>
      world.db.$queryRawUnsafe<object[]>(`SELECT * FROM "${table}" WHERE id = '${id}'`);
    const ids = () => ({
      overlay: rollback.overlays[0]!.id,
      hold: rollback.holds[0]!.id,
      quarantine: rollback.quarantines[0]!.id,
    });

    run.each(['overlay', 'hold', 'quarantine'] as const)(
      'one more %s needs its rollback in the same transaction, ledger entry or not',
      async (table) => {
        const copy = `INSERT INTO "${table}" SELECT (jsonb_populate_record(t, jsonb_build_object('id', '${randomUUID()}'))).*
        FROM "${table}" t WHERE id = '${ids()[table]}'`;
        const before = await world.db.$queryRawUnsafe(`SELECT count(*) FROM "${table}"`);
        await expect(sql(copy)).rejects.toThrow(/needs its rollback/);
        await expect(inLedger((tx) => tx.$executeRawUnsafe(copy))).rejects.toThrow(/needs its rollback/);
        expect(await world.db.$queryRawUnsafe(`SELECT count(*) FROM "${table}"`)).toEqual(before);
      },
    );

    run.each([
      ['overlay', `segment = '[]'`],
      ['overlay', `levers = '[{"kind":"disable"}]'`],
      ['overlay', `stage_key = 'limited'`],
      ['hold', `stage_key = 'limited'`],
      ['hold', `incident_id = rollback_id`],
      ['quarantine', `stage_key = 'limited'`],
      ['quarantine', `release_id = '${randomUUID()}'`],
      ['rollback', `scope = 'workflow'`],
    ] as const)('%s keeps what it says: not SET %s', async (table, set) => {
      const id = table === 'rollback' ? rollback.id : ids()[table];
      const before = await row(table, id);
      await expect(sql(`UPDATE "${table}" SET ${set} WHERE id = '${id}'`)).rejects.toThrow(no);
      await expect(sql(`DELETE FROM "${table}" WHERE id = '${id}'`)).rejects.toThrow(no);
      expect(await row(table, id)).toEqual(before);
    });

    run('nothing of it ends without a ledger entry', async () => {
      const end = randomUUID();
      const who = live.other.userId;
      for (const [table, set] of [
        ['overlay', `"to" = now(), ended_by = 'overlayEnd', end_ledger_entry_id = '${end}'`],
        ['hold', `"to" = now(), ended_by = 'lift', ended_by_id = '${who}', end_ledger_entry_id = '${end}'`],
        ['quarantine', `cleared_at = now(), cleared_by_id = '${who}', clear_ledger_entry_id = '${end}'`],
      ] as const) {
        await expect(sql(`UPDATE "${table}" SET ${set} WHERE id = '${ids()[table]}'`)).rejects.toThrow(
          /without a ledger entry/,
        );
      }
    });

    const lift = (endedBy: string, who: string) =>
      inLedger((tx, entry) =>
        tx.$executeRawUnsafe(
          `UPDATE hold SET "to" = now(), ended_by = '${endedBy}', ended_by_id = '${who}', end_ledger_entry_id = '${entry}' WHERE id = '${ids().hold}'`,
        ),
      );

    run('the hold is not lifted by who rolled back, nor by a fix that nobody executed', async () => {
      await expect(lift('lift', live.rollbacks.responder.userId)).rejects.toThrow(/another person/);
      await expect(lift('fix', live.rollbacks.responder.userId)).rejects.toThrow(/fix of its incident/);
      await expect(lift('fix', live.other.userId)).rejects.toThrow(/fix of its incident/);
      expect(await world.db.hold.findUnique({ where: { id: ids().hold } })).toMatchObject({ to: null });
    });

    run('the quarantine is not cleared by who rolled back', async () => {
      const clear = inLedger((tx, entry) =>
        tx.$executeRawUnsafe(
          `UPDATE quarantine SET cleared_at = now(), cleared_by_id = '${live.rollbacks.responder.userId}', clear_ledger_entry_id = '${entry}' WHERE id = '${ids().quarantine}'`,
        ),
      );
      await expect(clear).rejects.toThrow(/another person/);
    });

    run(
      'the release in quarantine does not become the occupant of any stage, whatever stands behind it',
      async () => {
        const { workflow } = live.promotions;
        const [last] = await world.db.occupancy.findMany({
          where: { workflowId: workflow.id, stageKey: 'limited', to: null },
        });
        const enter = inLedger(async (tx, entry) => {
          await tx.$executeRawUnsafe(
            `UPDATE occupancy SET "to" = now() + interval '1 minute', end_ledger_entry_id = '${entry}' WHERE id = '${last!.id}'`,
          );
          await tx.$executeRawUnsafe(
            `INSERT INTO occupancy SELECT (jsonb_populate_record(t, jsonb_build_object('id', '${randomUUID()}', 'from', (now() + interval '1 minute')::text, 'ledger_entry_id', '${entry}', 'to', NULL, 'end_ledger_entry_id', NULL))).*
          FROM occupancy t WHERE id = '${last!.id}'`,
          );
        });
        await expect(enter).rejects.toThrow(/by a release in quarantine/);
      },
    );
  },
);
