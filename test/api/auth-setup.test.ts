import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SetupService } from '../../apps/api/src/platform/identity/setup.service.js';
import { createWorld, type World } from '../support/world.js';

const hour = 60 * 60 * 1000;
const first = { name: 'First administrator', email: 'admin@example.com', password: 'correct horse battery' };

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const issue = async () =>
  (await world.app.get(SetupService, { strict: false }).issueLink('test')) ?? 'no link';

function setup(body: object): Promise<Response> {
  return world.fetch('/api/setup', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

const isNeeded = async () => (await (await world.fetch('/api/setup/state')).json()) as { needed: boolean };

// In this order: the last test but one uses the install up.
describe('a new install', () => {
  test('says that it needs its first administrator, and keeps of the link a hash alone', async () => {
    expect(await isNeeded()).toEqual({ needed: true });
    const token = await issue();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(JSON.stringify(await world.db.setupLink.findMany())).not.toContain(token);
    expect(JSON.stringify((await world.db.ledgerEntry.findMany()).map((e) => e.canonical))).not.toContain(
      token,
    );
  });

  test('lets nobody in by guessing', async () => {
    const response = await setup({ token: 'a guess', ...first });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      error: { code: 'SETUP_LINK_INVALID', field: ['input', 'token'] },
    });
  });

  test('names every wrong field, and the link still works afterwards', async () => {
    const token = await issue();
    const response = await setup({ token, name: ' ', email: 'nobody', password: 'short', role: 'auditor' });
    expect(response.status).toBe(400);
    const { errors } = (await response.json()) as { errors: { field: string[] }[] };
    expect(errors.map((error) => error.field[1]).sort()).toEqual(['email', 'name', 'password', 'role']);
    const link = await world.db.setupLink.findFirst({ orderBy: { createdAt: 'desc' } });
    expect(link?.usedAt).toBeNull();
  });

  test('refuses a link that is older than a day', async () => {
    const token = await issue();
    world.shiftClock(24 * hour + 1000);
    const response = await setup({ token, ...first });
    world.shiftClock(0);
    expect(response.status).toBe(422);
    expect(await isNeeded()).toEqual({ needed: true });
  });

  test('gets exactly one administrator, however many use the links at once', async () => {
    const links = [await issue(), await issue()];
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        setup({ token: links[i % 2], ...first, email: `admin-${i}@example.com` }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array<number>(11).fill(422)]);
    const users = await world.db.user.findMany();
    expect(users).toHaveLength(1);
    const roles = await world.db.organisationRole.findMany();
    expect(roles.map(({ userId, role }) => ({ userId, role }))).toEqual([
      { userId: users[0]?.id, role: 'administrator' },
    ]);
    expect(await world.db.ledgerEntry.count({ where: { act: 'setup.completed' } })).toBe(1);
    const cookie = await world.signIn(users[0]?.email ?? '', first.password);
    const found = await world.gql('{ viewer { organisationRoles } }', {}, { headers: { cookie } });
    expect(found).toEqual({ viewer: { organisationRoles: ['administrator'] } });
  });

  test('gives no further link, and the old ones are dead', async () => {
    const unused = await world.db.setupLink.count({ where: { usedAt: null } });
    expect(unused).toBeGreaterThan(0);
    expect(await world.app.get(SetupService, { strict: false }).issueLink('test')).toBeNull();
    expect(await isNeeded()).toEqual({ needed: false });
  });
});
