import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { digestOfText } from '../../apps/api/src/platform/digest/digest.js';
import { createEngine, type Engine } from '../support/engine.js';
import { PointerFixture } from '../support/pointer-fixture.js';
import { postgresAvailable } from '../support/postgres.js';

/** What stands behind a move past its gates; a test spoils one of them. */
interface Spoiled {
  grantOf: string;
  revokedAt: Date | null;
  expiresAt: Date;
  usedAt: Date;
  named: string[];
  use: boolean;
}

const now = new Date('2026-11-23T12:00:00.000Z');
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const stageKey = 'internal';

async function breakGlass(fixture: PointerFixture, change: Partial<Spoiled> = {}): Promise<void> {
  const { workflowId, person, stageRevisionId, releases } = fixture;
  const [releaseId] = releases;
  await fixture.database.client.$transaction(async (tx) => {
    const promotionId = await fixture.requestPromotion(tx, releaseId);
    const [incidentId, grantId, readinessRecordId] = [randomUUID(), randomUUID(), randomUUID()];
    const administrator = randomUUID();
    await tx.breakGlassGrant.create({
      data: {
        ...{
          id: grantId,
          workflowId,
          incidentId,
          personId: change.grantOf ?? person,
          grantedById: administrator,
        },
        ...{ reason: 'It is down', createdAt: now, expiresAt: change.expiresAt ?? hours(4) },
        revokedAt: change.revokedAt ?? null,
      },
    });
    const canonical = `readiness ${readinessRecordId}`;
    await tx.readinessRecord.create({
      data: {
        ...{ id: readinessRecordId, workflowId, releaseId, stageKey, stageRevisionId, checklistVersion: 1 },
        ...{ evaluatedAt: now, incompleteChecks: 2, canonical, digest: digestOfText(canonical) },
      },
    });
    if (change.use !== false) {
      const createdAt = change.usedAt ?? hours(1);
      await tx.breakGlassUse.create({
        data: {
          ...{ id: randomUUID(), grantId, workflowId, promotionId, stageKey, releaseId, readinessRecordId },
          ...{ checkIds: change.named ?? ['SF-1', 'SF-2'], reason: 'It is down', executedById: person },
          ...{ createdAt, reviewDueAt: new Date(createdAt.getTime() + 86_400_000) },
        },
      });
    }
    await tx.promotionMove.updateMany({
      where: { promotionId },
      data: { state: 'executed', executedAt: now, executedById: person, readinessRecordId },
    });
    const ledgerEntryId = await fixture.append(tx);
    await tx.occupancy.create({
      data: {
        ...{ id: randomUUID(), workflowId, stageKey, stageRevisionId, releaseId, from: now },
        ...{ origin: 'breakGlass', promotionId, readinessRecordId, ledgerEntryId },
      },
    });
    await tx.promotion.update({ where: { id: promotionId }, data: { state: 'executed', closedAt: now } });
  });
}

const kinds = [['pglite'], ['postgres']] as const;

describe.each(kinds)('a pointer past its gates, guarded by the database (%s)', (kind) => {
  const run = kind === 'pglite' || postgresAvailable() ? test : test.skip;
  let engine: Engine | undefined;
  let fixture: PointerFixture;
  beforeAll(async () => {
    if (kind === 'pglite' || postgresAvailable()) engine = await createEngine(kind);
  }, 120_000);
  afterAll(() => engine?.close());
  beforeEach(async () => {
    if (engine) fixture = await new PointerFixture(engine.database).create();
  });

  run('moves with a grant in the name of whoever executes, that names as much as is incomplete', async () => {
    await breakGlass(fixture);
    const where = { workflowId: fixture.workflowId };
    expect(await fixture.database.client.occupancy.count({ where })).toBe(1);
  });

  run.each<[string, Partial<Spoiled>]>([
    ['no use of a grant', { use: false }],
    ['a grant in another name', { grantOf: randomUUID() }],
    ['a grant that was revoked', { revokedAt: now }],
    ['a grant that has expired', { usedAt: hours(4) }],
    ['fewer checks named than are incomplete', { named: ['SF-1'] }],
    ['more checks named than are incomplete', { named: ['SF-1', 'SF-2', 'SF-3'] }],
  ])('does not move on %s', async (_what, change) => {
    await expect(breakGlass(fixture, change)).rejects.toThrow(/without a break-glass grant that names/);
    const where = { workflowId: fixture.workflowId };
    expect(await fixture.database.client.occupancy.count({ where })).toBe(0);
  });

  run('no grant lives longer than a day, and none is given to oneself', async () => {
    const { client } = fixture.database;
    await expect(breakGlass(fixture, { expiresAt: hours(25) })).rejects.toThrow(/break_glass_grant_life/);
    const { workflowId, person } = fixture;
    const own = {
      id: randomUUID(),
      workflowId,
      incidentId: randomUUID(),
      personId: person,
      grantedById: person,
    };
    await expect(
      client.breakGlassGrant.create({
        data: { ...own, reason: 'Mine', createdAt: now, expiresAt: hours(1) },
      }),
    ).rejects.toThrow(/break_glass_grant_second_person/);
  });

  run('the approvals are never among what is passed, and nobody reviews what they used', async () => {
    await expect(breakGlass(fixture, { named: ['SF-1', 'RO-5'] })).rejects.toThrow(/break_glass_use_names/);
    await breakGlass(fixture);
    const { client } = fixture.database;
    const { id: useId, executedById: reviewerId } = await client.breakGlassUse.findFirstOrThrow({
      where: { workflowId: fixture.workflowId },
    });
    const data = { useId, verdict: 'justified', comment: 'Mine', createdAt: now };
    await expect(client.breakGlassReview.create({ data: { ...data, reviewerId } })).rejects.toThrow(
      /does not review it/,
    );
    await client.breakGlassReview.create({ data: { ...data, reviewerId: randomUUID() } });
  });

  run('a use is never changed and never removed', async () => {
    await breakGlass(fixture);
    const { client } = fixture.database;
    await expect(client.$executeRaw`UPDATE break_glass_use SET check_ids = '{}'`).rejects.toThrow(
      /permission denied|is refused/,
    );
    await expect(client.$executeRaw`DELETE FROM break_glass_use`).rejects.toThrow(
      /permission denied|is refused/,
    );
  });
});
