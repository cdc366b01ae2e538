import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { can } from '../../apps/api/src/platform/permissions/can.js';
import type { Permission } from '../../apps/api/src/platform/permissions/permission-table.js';
import { inDays, keyInput, makeKey, type KeyHolder } from '../support/key.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

const codesOf = (payload: { userErrors: { code: string; field: string[] | null }[] }) =>
  payload.userErrors.map(({ code, field }) => [code, ...(field ?? [])].join(' '));

describe('an API key', () => {
  let world: World;
  let team: StaffedTeam;
  let other: StaffedTeam;
  let administrator: Person;
  let ci: KeyHolder;

  beforeAll(async () => {
    world = await createWorld();
    team = await staffedTeam(world);
    other = await staffedTeam(world);
    administrator = await world.person({ organisationRoles: ['administrator'] });
    ci = await makeKey(world, team.reviewer, { teamIds: [team.id] });
  });
  afterAll(() => world.close());

  const viewer = (as: Person) => world.raw('{ viewer { user { id name kind } permissions } }', {}, { as });
  const create = (over: Record<string, unknown>, as = team.reviewer) =>
    world.act<{ key: { id: string } | null; secret: string | null }>(
      'keyCreate',
      'key { id } secret',
      { ...keyInput({ teamIds: [team.id] }), ...over },
      as,
    );

  test('says who acts by it, and what that may do', async () => {
    const { body } = await viewer(ci);
    const { user, permissions } = body.data?.['viewer'] as { user: object; permissions: Permission[] };
    expect(user).toEqual({ id: ci.userId, name: 'CI', kind: 'service' });
    expect(permissions.filter((one) => !can(null, one))).toEqual([
      ...['environment.pin', 'evalRun.import', 'modelConfig.edit', 'promotion.execute', 'promotion.request'],
      ...['prompt.edit', 'registry.read', 'release.create', 'rollback.read'],
    ]);
  });

  test('is shown once, and only its hash is kept', async () => {
    const stored = JSON.stringify(await world.db.apiKey.findMany());
    const ledger = JSON.stringify((await world.db.ledgerEntry.findMany()).map((entry) => entry.canonical));
    const list = await world.raw('{ keys { nodes { id prefix } } }', {}, { as: administrator });
    for (const text of [stored, ledger, JSON.stringify(list.body), world.logs.join('\n')]) {
      expect(text).not.toContain(ci.secret);
    }
    expect(stored).toContain(ci.userId);
  });

  test('answers a repeated request with the same key and without its secret', async () => {
    const repeated = { idempotencyKey: 'make-this-key-once', expiresAt: inDays(5) };
    const [first, second] = [await create(repeated), await create(repeated)];
    expect(second.key).toEqual(first.key);
    expect([first.secret?.startsWith('hp_'), second.secret]).toEqual([true, null]);
    const memory = JSON.stringify(await world.db.idempotencyRecord.findMany());
    expect(memory).not.toContain(first.secret);
  });

  test('gets the same 401 whether it is unknown, revoked or past its end', async () => {
    const revoked = await makeKey(world, team.reviewer, { teamIds: [team.id] });
    await world.mustAct('keyRevoke', 'key { state }', { keyId: revoked.userId }, team.reviewer);
    const ended = await makeKey(world, team.reviewer, { teamIds: [team.id] });
    await world.db.$executeRaw`UPDATE api_key SET expires_at = created_at WHERE id = ${ended.userId}::uuid`;
    const unknown = { ...ci, secret: `hp_${'A'.repeat(43)}` };
    const malformed = { ...ci, secret: 'something else' };
    for (const holder of [unknown, malformed, revoked, ended]) {
      const { status, body, headers } = await viewer(holder);
      expect({ status, code: body.errors?.[0]?.extensions?.['code'], data: body.data }).toEqual({
        ...{ status: 401, code: 'UNAUTHENTICATED', data: undefined },
      });
      expect(body.errors?.[0]?.message).toBe('This key is not valid');
      expect(headers.get('www-authenticate')).toBe('Bearer');
      const json = { 'content-type': 'application/json' };
      const sent = { method: 'POST', body: '{}', headers: json, as: holder };
      const upload = await world.fetch('/api/eval-uploads', sent);
      expect(upload.status).toBe(401);
    }
  });

  test('is refused beside a session, so that nobody wonders who acted', async () => {
    const { status, body } = await world.raw(
      '{ viewer { user { id } } }',
      {},
      { as: ci, headers: { cookie: administrator.cookie } },
    );
    expect([status, body.errors?.[0]?.message]).toEqual([400, 'Send a key or a session, not both']);
  });

  test('has its last use written, at most once a minute', async () => {
    const holder = await makeKey(world, team.reviewer, { teamIds: [team.id] });
    const used = async () =>
      (await world.db.apiKey.findUniqueOrThrow({ where: { id: holder.userId } })).lastUsedAt;
    expect(await used()).toBeNull();
    await viewer(holder);
    for (let tries = 0; tries < 100 && (await used()) === null; tries += 1) await pause(20);
    const first = await used();
    expect(first).not.toBeNull();
    await viewer(holder);
    await pause(100);
    expect(await used()).toEqual(first);
  });

  test('is made by a reviewer for the own team, by an administrator for any, by nobody else', async () => {
    expect(codesOf(await create({ teamIds: [other.id] }))).toEqual(['FORBIDDEN']);
    expect(codesOf(await create({ teamIds: [team.id, other.id] }))).toEqual(['FORBIDDEN']);
    expect(codesOf(await create({ teamIds: [team.id, other.id] }, administrator))).toEqual([]);
    const member = await world.raw(
      'mutation ($input: KeyCreateInput!) { keyCreate(input: $input) { secret } }',
      { input: keyInput({ teamIds: [team.id] }) },
      { as: team.member },
    );
    expect(member.body.errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });

  test('needs a team or workflow, a scope and an end within a year', async () => {
    expect(codesOf(await create({ teamIds: [] }))).toEqual(['INVALID_INPUT input teamIds']);
    expect(codesOf(await create({ scopes: [] }))).toEqual(['INVALID_INPUT input scopes']);
    expect(codesOf(await create({ scopes: ['everything'] }))).toEqual(['INVALID_INPUT input scopes 0']);
    // Whoever reads the page would have the other scope too.
    expect(codesOf(await create({ scopes: ['runtime-public', 'runtime'] }))).toEqual([
      'INVALID_INPUT input scopes',
    ]);
    expect(codesOf(await create({ expiresAt: inDays(366) }))).toEqual(['INVALID_INPUT input expiresAt']);
    expect(codesOf(await create({ expiresAt: 'in a week' }))).toEqual(['INVALID_INPUT input expiresAt']);
    const date = inDays(20).slice(0, 10);
    const untilDate = await create({ expiresAt: date });
    const kept = await world.db.apiKey.findUniqueOrThrow({ where: { id: untilDate.key?.id ?? '' } });
    expect(kept.expiresAt.toISOString()).toBe(`${date}T23:59:59.999Z`);
    expect(codesOf(await create({ expiresAt: inDays(-1) }))).toEqual(['INVALID_INPUT input expiresAt']);
    expect(codesOf(await create({ environment: 'No Such' }))).toEqual(['INVALID_INPUT input environment']);
  });

  test('is rotated with an overlap in which both secrets work, and answered for by whoever rotated it', async () => {
    const old = await makeKey(world, team.reviewer, { teamIds: [team.id] });
    const rotate = (overlapDays: number, keyId = old.userId) =>
      world.act<{ key: { id: string; replacesId: string; createdBy: { id: string } }; secret: string }>(
        'keyRotate',
        'key { id replacesId createdBy { id } } secret',
        { keyId, overlapDays, expiresAt: inDays(90) },
        administrator,
      );
    expect(codesOf(await rotate(8))).toEqual(['INVALID_INPUT input overlapDays']);
    const { key, secret } = await rotate(2);
    expect(key).toMatchObject({ replacesId: old.userId, createdBy: { id: administrator.userId } });
    const fresh = { ...old, userId: key.id, secret };
    expect([(await viewer(old)).status, (await viewer(fresh)).status]).toEqual([200, 200]);
    expect(codesOf(await rotate(0))).toEqual(['CONFLICT input keyId']);
    const { key: ending } = await world.gql<{
      key: { state: string; expiresAt: string; replacedById: string };
    }>(
      'query ($id: ID!) { key(id: $id) { state expiresAt replacedById } }',
      { id: old.userId },
      { as: team.member },
    );
    expect(ending).toMatchObject({ state: 'ending', replacedById: key.id });
    expect(new Date(ending.expiresAt).getTime()).toBeLessThanOrEqual(new Date(inDays(2)).getTime());
    const at = await rotate(0, key.id);
    expect(codesOf(at)).toEqual([]);
    expect((await viewer(fresh)).status).toBe(401);
  });

  test('ends for good: revoking holds from the next request, and twice is told', async () => {
    const holder = await makeKey(world, team.reviewer, { teamIds: [team.id] });
    expect((await viewer(holder)).status).toBe(200);
    const input = { keyId: holder.userId, reason: 'It was in a log' };
    await world.mustAct('keyRevoke', 'key { state viewerCanRevoke }', input, administrator);
    expect((await viewer(holder)).status).toBe(401);
    expect(codesOf(await world.act('keyRevoke', 'key { id }', input, administrator))).toEqual([
      'CONFLICT input keyId',
    ]);
  });

  test('is listed to its team, to administrators and auditors; unknown to everybody else', async () => {
    const auditor = await world.person({ organisationRoles: ['auditor'] });
    const query = 'query ($id: ID!) { key(id: $id) { id viewerCanRevoke } keys { nodes { id } } }';
    const seen = async (as: Person) => {
      type Seen = { key: { id: string; viewerCanRevoke: boolean } | null; keys: { nodes: { id: string }[] } };
      const { key, keys } = await world.gql<Seen>(query, { id: ci.userId }, { as });
      return [key?.viewerCanRevoke ?? null, keys.nodes.some((one) => one.id === ci.userId)];
    };
    expect(await seen(team.reviewer)).toEqual([true, true]);
    expect(await seen(team.member)).toEqual([false, true]);
    expect(await seen(auditor)).toEqual([false, true]);
    expect(await seen(other.reviewer)).toEqual([null, false]);
    const revoke = (keyId: string) => world.act('keyRevoke', 'key { id }', { keyId }, other.reviewer);
    const unknown = '019aa000-0000-7000-8000-000000000000';
    expect(await revoke(ci.userId)).toEqual(await revoke(unknown));
  });

  test('leaves its id, its kind and the persons who answer in the ledger', async () => {
    const holder = { ...ci, committer: team.member.email };
    const { prompt } = await world.mustAct<{ prompt: { id: string } }>(
      'promptCreate',
      'prompt { id }',
      { teamId: team.id, key: 'by-ci', name: 'By CI' },
      holder,
    );
    const entry = await world.db.ledgerEntry.findFirstOrThrow({ where: { subjectId: prompt.id } });
    expect(JSON.parse(entry.canonical)).toMatchObject({
      actor: {
        ...{ kind: 'service', id: ci.userId, key: ci.userId },
        responsible: [team.reviewer.userId, team.member.userId],
      },
    });
  });

  test('states a committer who is known, or is refused', async () => {
    const { status, body } = await viewer({ ...ci, committer: 'nobody@example.com' });
    expect([status, body.errors?.[0]?.extensions?.['code']]).toEqual([400, 'INVALID_INPUT']);
  });

  test('acts within its teams only, and sees nothing else', async () => {
    const elsewhere = await world.act(
      'promptCreate',
      'prompt { id }',
      { teamId: other.id, key: 'not-mine', name: 'Not mine' },
      ci,
    );
    expect(codesOf(elsewhere)).toEqual(['FORBIDDEN']);
    const workflow = await world.mustAct<{ workflow: { id: string } }>(
      'workflowRegister',
      'workflow { id }',
      { teamId: other.id, key: 'routing', name: 'Routing' },
      other.member,
    );
    const query = 'query ($id: ID!) { workflow(id: $id) { id } workflows { totalCount } }';
    expect(await world.gql(query, { id: workflow.workflow.id }, { as: ci })).toEqual({
      ...{ workflow: null, workflows: { totalCount: 0 } },
    });
  });
});
