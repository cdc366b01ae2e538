import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AsOf } from '../support/as-of.builder.js';
import { easyPromotions, type Promotions } from '../support/promotion.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
let auditor: Person;
let promotions: Promotions;
let second: { id: string; digest: string };

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  auditor = await world.person({ organisationRoles: ['auditor'] });
  promotions = await easyPromotions(world, team);
  await promotions.bring(promotions.workflow.release);
  second = await promotions.withPrompt(promotions.workflow.release, 'Another text for {{ticket}}');
  await promotions.bring(second);
  await world.db.user.update({ where: { id: team.reviewer.userId }, data: { name: '=cmd|calc, "x"' } });
}, 120_000);

afterAll(() => world.close());

const get = (path: string, as: Person | null = auditor) => world.fetch(path, { as });
const lines = async (path: string, as?: Person) =>
  (await (await get(path, as)).text())
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, never>);

describe('what was live, as a file', () => {
  test('of JSON lines has one record for each pointer, with what it stood on', async () => {
    const response = await get('/as-of.jsonl');
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="live-at-\d{8}T\d{6}Z\.jsonl"$/,
    );
    const records = await lines('/as-of.jsonl');
    expect(records).toMatchObject([
      {
        workflow: { id: promotions.workflow.id },
        ...{ stage: 'internal', until: null, origin: 'promotion' },
        release: { id: second.id, digest: second.digest },
        reviews: [{ digest: second.digest, roles: ['reviewer'] }],
        readiness: { incompleteChecks: 0, digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
        entry: { act: 'promotion.executed', actor: { id: team.member.userId, name: 'Member' } },
        endedBy: null,
      },
    ]);
  });

  test('says the same as the API', async () => {
    const { nodes, from, to } = await new AsOf(world, auditor).between('2026-01-01T00:00:00.000Z', null);
    const query = new URLSearchParams({ from, to: to! });
    const records = await lines(`/as-of.jsonl?${query.toString()}`);
    expect(records.map((record) => [record['since'], record['entry']!['hash']])).toEqual(
      nodes.map((node) => [node.since, node.entry?.hash]),
    );
    expect(records[0]?.['endedBy']).toMatchObject({ act: 'promotion.executed' });
  });

  test('of CSV has a heading, one record a line, whole digests, UTC times, and nothing that runs', async () => {
    const response = await get('/as-of.csv?from=2026-01-01T01:00:00%2B01:00');
    expect(response.headers.get('content-type')).toContain('text/csv');
    const [heading, first, next, ...rest] = (await response.text()).split('\r\n');
    expect(heading).toMatch(/^workflow,workflow_name,workflow_id,stage,release,/);
    expect(rest).toEqual(['']);
    expect(next).toContain(second.digest);
    expect(first).toMatch(/,\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z,/);
    expect(next).toContain(`"'=cmd|calc, ""x"" (reviewer)"`);
  });

  test('is refused to who is not signed in, and for a time to come or no time at all', async () => {
    expect((await get('/as-of.csv', null)).status).toBe(401);
    for (const query of ['at=2999-01-01T00:00:00Z', 'at=yesterday', 'to=2026-01-01T00:00:00Z', 'when=now']) {
      const response = await get(`/as-of.jsonl?${query}`);
      expect([query, response.status]).toEqual([query, 400]);
      expect(await response.json()).toMatchObject({ error: { code: 'INVALID_INPUT' } });
    }
  });

  test('holds nothing of a restricted workflow of others', async () => {
    await world.db.workflow.update({ where: { id: promotions.workflow.id }, data: { restricted: true } });
    const stranger = await world.person();
    expect(await lines('/as-of.jsonl', stranger)).toEqual([]);
    expect(await lines('/as-of.jsonl')).toHaveLength(1);
  });
});
