import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createEngine, type Engine } from '../support/engine.js';
import { PointerFixture } from '../support/pointer-fixture.js';
import { postgresAvailable } from '../support/postgres.js';

const kinds = [['pglite'], ['postgres']] as const;

describe.each(kinds)('the pointer, guarded by the database (%s)', (kind) => {
  const run = kind === 'pglite' || postgresAvailable() ? test : test.skip;
  let engine: Engine | undefined;
  let fixture: PointerFixture;
  beforeAll(async () => {
    if (kind === 'pglite' || postgresAvailable()) engine = await createEngine(kind);
  });
  afterAll(() => engine?.close());
  beforeEach(async () => {
    if (engine) fixture = await new PointerFixture(engine.database).create();
  });
  const live = () =>
    fixture.database.client.occupancy.findMany({ where: { workflowId: fixture.workflowId, to: null } });

  run('moves with its promotion, its readiness and its ledger entry, and again', async () => {
    await fixture.promote();
    await fixture.promote();
    expect(await live()).toHaveLength(1);
  });

  run.each([
    ['a ledger entry', { ledger: false }, /without a ledger entry/],
    ['an executed move', { move: false }, /without an executed promotion/],
    ['a readiness record', { readiness: false }, /without an executed promotion/],
    ['complete checks', { incompleteChecks: 1 }, /complete readiness record/],
  ])('does not move without %s', async (_what, change, message) => {
    await expect(fixture.promote(change)).rejects.toThrow(message);
    expect(await live()).toEqual([]);
  });

  run('does not move to another release than the one that was promoted', async () => {
    await expect(fixture.promote({ release: fixture.releases[1] })).rejects.toThrow(
      /without an executed promotion/,
    );
    expect(await live()).toEqual([]);
  });

  run('does not move alone on grounds that were written earlier', async () => {
    await fixture.promote();
    const [before] = await live();
    const again = fixture.database.client.$transaction(async (tx) => {
      await tx.$executeRaw`UPDATE occupancy SET "to" = "from", end_ledger_entry_id = ledger_entry_id WHERE id = ${before?.id}::uuid`;
      await tx.occupancy.create({ data: { ...before!, id: randomUUID() } });
    });
    await expect(again).rejects.toThrow(/without a ledger entry in the same transaction/);
    expect(await live()).toEqual([before]);
  });

  run('is not ended, redirected or removed by itself', async () => {
    await fixture.promote();
    const [before] = await live();
    const { client } = fixture.database;
    await expect(
      client.$executeRaw`UPDATE occupancy SET "to" = now(), end_ledger_entry_id = ${randomUUID()}::uuid WHERE id = ${before?.id}::uuid`,
    ).rejects.toThrow(/was left without a ledger entry/);
    await expect(
      client.$executeRaw`UPDATE occupancy SET release_id = ${fixture.releases[1]}::uuid WHERE id = ${before?.id}::uuid`,
    ).rejects.toThrow(kind === 'postgres' ? /permission denied/ : /only to, end_ledger_entry_id may change/);
    await expect(client.$executeRaw`DELETE FROM occupancy`).rejects.toThrow(/permission denied|is refused/);
    await expect(client.$executeRaw`TRUNCATE occupancy`).rejects.toThrow(/permission denied|is refused/);
    expect(await live()).toEqual([before]);
  });

  run('an interval that has ended stays ended', async () => {
    await fixture.promote();
    await fixture.promote();
    const { client } = fixture.database;
    await expect(
      client.$executeRaw`UPDATE occupancy SET "to" = NULL, end_ledger_entry_id = NULL WHERE workflow_id = ${fixture.workflowId}::uuid AND "to" IS NOT NULL`,
    ).rejects.toThrow(/an interval ends once/);
  });

  run('a move is not called executed without the pointer having moved', async () => {
    const { client } = fixture.database;
    const promotionId = await fixture.requestPromotion(client, fixture.releases[0]);
    await expect(
      client.promotionMove.updateMany({
        where: { promotionId },
        data: {
          state: 'executed',
          executedAt: new Date(),
          executedById: fixture.person,
          readinessRecordId: randomUUID(),
        },
      }),
    ).rejects.toThrow(/executed without entering it/);
  });

  run('two promotions into one stage are not open at once', async () => {
    const { client } = fixture.database;
    await fixture.requestPromotion(client, fixture.releases[0]);
    await expect(fixture.requestPromotion(client, fixture.releases[1])).rejects.toMatchObject({
      code: 'P2002',
    });
  });

  run('another definition of a stage holds only with a ledger entry', async () => {
    const { client } = fixture.database;
    const change = {
      where: { workflowId: fixture.workflowId },
      data: { currentRevisionId: fixture.nextStageRevisionId },
    };
    await expect(client.stage.updateMany(change)).rejects.toThrow(/without a ledger entry/);
    await client.$transaction(async (tx) => {
      await tx.stage.updateMany(change);
      await fixture.append(tx);
    });
    const [stage] = await client.stage.findMany({ where: { workflowId: fixture.workflowId } });
    expect(stage?.currentRevisionId).toBe(fixture.nextStageRevisionId);
  });

  run('a pointer of a rollback, or of break-glass without its grant, has nothing to stand on', async () => {
    const { workflowId, stageRevisionId, releases, database } = fixture;
    const enter = (origin: string, more = {}) =>
      database.client.$transaction(async (tx) => {
        const ledgerEntryId = await fixture.append(tx);
        const stage = { workflowId, stageKey: 'internal', stageRevisionId, releaseId: releases[0] };
        const ids = { promotionId: randomUUID(), readinessRecordId: randomUUID() };
        await tx.occupancy.create({
          data: { id: randomUUID(), ...stage, ...ids, ...more, from: new Date(), origin, ledgerEntryId },
        });
      });
    await expect(enter('breakGlass')).rejects.toThrow(/without a break-glass grant/);
    await expect(enter('revertRelease')).rejects.toThrow(/occupancy_grounds/);
    await expect(enter('revertRelease', { rollbackId: randomUUID() })).rejects.toThrow(
      /without a rollback to this release/,
    );
    expect(await live()).toEqual([]);
  });
});
