import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Door } from '../../apps/api/src/platform/door/door.js';
import { systemActor } from '../../apps/api/src/platform/identity/actor.js';
import { Refusal } from '../../apps/api/src/platform/refusal/refusal.js';
import { createWorld, type World } from '../support/world.js';

describe('the one door', () => {
  let world: World;
  let door: Door;

  beforeAll(async () => {
    world = await createWorld();
    door = world.app.get(Door);
  });

  afterAll(() => world.close());

  const spec = (key: string | null, input: unknown = { a: 1 }) => ({
    actor: systemActor,
    requestId: 'r-1',
    mutation: 'thingDo',
    input,
    idempotencyKey: key,
    scope: { organisation: true } as const,
    permission: 'organisation.manage' as const,
  });

  const entries = () => world.db.ledgerEntry.count({ where: { chain: 'organisation' } });

  async function doThing(key: string | null, input?: unknown): Promise<{ id: string }> {
    return door.act(spec(key, input), async (act) => {
      const id = act.newId();
      await act.tx.team.create({ data: { id, key: `t-${id.slice(-12)}`, name: 'x', createdAt: act.now } });
      act.record({ act: 'thing.done', subjectKind: 'team', subjectId: id, reason: 'because' });
      return { id };
    });
  }

  test('answers a repeated request with what the first one did, once', async () => {
    const before = await entries();
    const first = await doThing('same-key-1');
    expect(await doThing('same-key-1')).toEqual(first);
    expect(await entries()).toBe(before + 1);
  });

  test('refuses another input under the same key', async () => {
    await doThing('same-key-2');
    await expect(doThing('same-key-2', { a: 2 })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('leaves nothing behind when the work refuses', async () => {
    const before = [await entries(), await world.db.team.count()];
    const refused = door.act(spec('key-refused'), async (act) => {
      await act.tx.team.create({ data: { id: act.newId(), key: 'gone', name: 'x', createdAt: act.now } });
      throw new Refusal('CONFLICT', 'no');
    });
    await expect(refused).rejects.toBeInstanceOf(Refusal);
    expect([await entries(), await world.db.team.count()]).toEqual(before);
    expect(await world.db.idempotencyRecord.count({ where: { key: 'key-refused' } })).toBe(0);
  });

  test('leaves nothing behind when the work does not say what it did', async () => {
    const before = await entries();
    await expect(door.act(spec(null), () => Promise.resolve({}))).rejects.toThrow('did not say what it did');
    expect(await entries()).toBe(before);
  });

  test('gives back a value without effect', async () => {
    const before = await entries();
    const value = await door.act(spec('key-blocked'), (act) =>
      Promise.resolve(act.withoutEffect({ blocked: true })),
    );
    expect(value).toEqual({ blocked: true });
    expect(await entries()).toBe(before);
  });

  test('keeps the reason out of the entry, and its hash in', async () => {
    const { id } = await doThing(null);
    const entry = await world.db.ledgerEntry.findFirstOrThrow({ where: { subjectId: id } });
    expect(entry.canonical).not.toContain('because');
    const reason = await world.db.ledgerReason.findUniqueOrThrow({ where: { entryId: entry.id } });
    expect(reason.text).toBe('because');
  });

  test('never lets time run backwards in a chain', async () => {
    world.shiftClock(60_000);
    const later = await doThing(null);
    world.shiftClock(0);
    const now = await doThing(null);
    const at = async (id: string) =>
      (await world.db.ledgerEntry.findFirstOrThrow({ where: { subjectId: id } })).at;
    expect((await at(now.id)).getTime()).toBeGreaterThanOrEqual((await at(later.id)).getTime());
  });
});
