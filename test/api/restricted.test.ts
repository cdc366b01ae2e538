import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ask, operationsOf, pathsOf, unknownId, type Fill, type Operation } from '../support/operations.js';
import { fullWorkflow, type Belongings } from '../support/restricted.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
let secret: Belongings;
let own: Belongings;
let ownTeam: StaffedTeam;
/** Holds every role that does not see restricted workflows. */
let outsider: Person;
let operations: Operation[];

beforeAll(async () => {
  world = await createWorld();
  const administrator = await world.person({ organisationRoles: ['administrator'] });
  team = await staffedTeam(world);
  ownTeam = await staffedTeam(world);
  secret = await fullWorkflow(world, team, administrator, true);
  own = await fullWorkflow(world, ownTeam, administrator, false);
  outsider = await world.person({
    organisationRoles: ['risk_reviewer', 'security_reviewer'],
    teams: (['member', 'reviewer', 'responder'] as const).map((role) => ({ teamId: ownTeam.id, role })),
  });
  operations = operationsOf(world);
}, 180_000);
afterAll(() => world.close());

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const instants = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
const plain = (text: string) =>
  text
    .replaceAll(uuids, 'ID')
    .replaceAll(instants, 'TIME')
    .replaceAll(secret.fullKey, 'KEY')
    .replaceAll('no-team.no-workflow', 'KEY');

const unknownKey = 'no-team.no-workflow';
const isText = (name: string) => name === 'key' || name === 'chain';
/** What could be named: a path whose last part says what it is of. */
const nameable = ({ kind, name: operation }: Operation, path: readonly string[]) => {
  const name = path.findLast((part) => !/^\d+$/.test(part)) ?? '';
  if (name === 'key') return operation === 'workflow';
  return (
    (/(^id$|Ids?$|^core$|^chain$|^subjectId$)/.test(name) && !/^(teamId|teamIds)$/.test(name)) ||
    kind === 'subscription'
  );
};

/** Values that this path could hold of these belongings. */
function candidates(operation: Operation, path: readonly string[], of: Belongings): string[] {
  const name = path.findLast((part) => !/^\d+$/.test(part)) ?? '';
  if (name === 'key') return [of.fullKey];
  if (name === 'chain') return [of.workflowId];
  if (name === 'workflowIds') return [of.workflowId];
  return name in of.ids ? [of.ids[name]!] : Object.values(of.ids);
}

const answerTo = async (operation: Operation, fill: Fill) => {
  const { document, variables } = ask(operation, fill);
  const { status, body } = await world.raw(document, variables, { as: outsider });
  return plain(JSON.stringify({ status, body }));
};

/** Of the own workflow, so that what is asked gets as far as it can. */
const ownFill: Fill = (path) => {
  const name = path.findLast((part) => !/^\d+$/.test(part)) ?? '';
  if (name === 'teamId') return ownTeam.id;
  return own.ids[name];
};
const nothing: Fill = () => undefined;

describe('to an outsider a restricted workflow', () => {
  test('answers every operation byte for byte as what never existed does', async () => {
    const differing: object[] = [];
    let asked = 0;
    for (const operation of operations.filter(({ kind }) => kind !== 'subscription')) {
      for (const path of pathsOf(operation).filter((one) => nameable(operation, one))) {
        const at = path.join('.');
        for (const around of [nothing, ownFill]) {
          const naming =
            (value: string): Fill =>
            (one) =>
              one.join('.') === at ? value : around(one);
          const name = path.at(-1) ?? '';
          const unknown = await answerTo(operation, naming(name === 'key' ? unknownKey : unknownId));
          for (const value of candidates(operation, path, secret)) {
            asked += 1;
            const found = await answerTo(operation, naming(value));
            if (found !== unknown) differing.push({ operation: operation.name, at, value, found, unknown });
          }
        }
      }
      const every: Fill = (path) => {
        const name = path.findLast((part) => !/^\d+$/.test(part)) ?? '';
        return isText(name) ? undefined : secret.ids[name];
      };
      const none: Fill = (path) => (every(path) === undefined ? undefined : unknownId);
      const [found, unknown] = [await answerTo(operation, every), await answerTo(operation, none)];
      if (found !== unknown) differing.push({ operation: operation.name, at: 'all', found, unknown });
    }
    expect(differing).toEqual([]);
    expect(asked).toBeGreaterThan(300);
  }, 240_000);

  test('is in no list, count, ledger, check or home page', async () => {
    const lists = `query ($release: ID!, $secret: ID!) {
      workflows(first: 100) { totalCount nodes { id key name fullKey } }
      promotions(first: 100) { totalCount nodes { id workflow { id } } }
      incidents(first: 100) { totalCount nodes { id title } }
      asOf(first: 100) { totalCount nodes { workflow { id } } }
      liveBetween(from: "2026-01-01T00:00:00Z", first: 100) { totalCount nodes { workflow { id } } }
      ledger(first: 100) { totalCount nodes { id chain subjectId } }
      teams(first: 100) { nodes { id workflows { totalCount nodes { id } } } }
      prompts(first: 100) { nodes { id key } }
      keys(first: 100) { totalCount nodes { id } }
      viewer { waitingForYou { title link workflow { id } } goingStale { link workflow { id } } }
      release(id: $release) { diff(toReleaseId: $secret) { __typename } }
    }`;
    const variables = { release: own.ids['releaseId'], secret: secret.ids['releaseId'] };
    const { body } = await world.raw(lists, variables, { as: outsider });
    const told = JSON.stringify(body);
    expect(told).toContain(own.workflowId);
    for (const [name, id] of Object.entries(secret.ids)) {
      expect({ name, told: told.includes(id) }).toEqual({ name, told: false });
    }
    expect(told).not.toContain(secret.fullKey);
    const unknown = { ...variables, secret: unknownId };
    expect(plain(JSON.stringify(body))).toBe(
      plain(JSON.stringify((await world.raw(lists, unknown, { as: outsider })).body)),
    );
  });

  test('answers HTTP routes as what never existed does', async () => {
    const get = async (path: string, init: RequestInit = {}) => {
      const response = await world.fetch(path, { ...init, as: outsider });
      const type = response.headers.get('content-type');
      return plain(JSON.stringify([response.status, type, await response.text()]));
    };
    const json = { 'content-type': 'application/json' };
    const upload = (of: Record<string, string>) =>
      get(
        `/api/eval-uploads?workflowId=${of['workflowId']!}&suiteId=${of['suiteId']!}&format=plain&fileName=a.json`,
        { method: 'POST', headers: json, body: '{"holdpoint": "eval-run@1", "label": "x", "cases": []}' },
      );
    const nothingThere = { workflowId: unknownId, suiteId: unknownId };
    expect(await upload(secret.ids)).toBe(await upload(nothingThere));
    for (const path of ['/api/eval-uploads/ID', '/as-of.csv?workflowId=ID', '/as-of.jsonl?workflowId=ID']) {
      for (const id of Object.values(secret.ids)) {
        expect(await get(path.replace('ID', id))).toBe(await get(path.replace('ID', unknownId)));
      }
    }
  });

  test('sends no live event, while what it sees goes on arriving', async () => {
    const stop = new AbortController();
    const response = await world.fetch('/graphql', {
      ...{ method: 'POST', as: outsider, signal: stop.signal },
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { changed { workflowId topic subjectId } }' }),
    });
    let heard = '';
    const listening = (async () => {
      for await (const piece of response.body ?? []) heard += Buffer.from(piece as Uint8Array).toString();
    })().catch(() => undefined);
    const raise = (workflowId: string, as: Person) =>
      world.mustAct('workflowTierRaise', 'workflow { id }', { workflowId, tier: 'high', reason: 'So' }, as);
    await raise(secret.workflowId, team.member);
    const { workflow } = await world.mustAct<{ workflow: { id: string } }>(
      'workflowRegister',
      'workflow { id }',
      { teamId: team.id, key: 'hidden', name: 'Hidden', restricted: true },
      team.member,
    );
    await raise(own.workflowId, ownTeam.member);
    for (let tries = 0; tries < 200 && !heard.includes(own.workflowId); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    stop.abort();
    await listening;
    expect(heard).toContain(own.workflowId);
    expect(heard).not.toContain(secret.workflowId);
    expect(heard).not.toContain(workflow.id);
  });

  test('leaves no gap in the chain that everybody reads', async () => {
    const query =
      'query ($after: String) { ledger(first: 100, after: $after, filter: { chain: "organisation" }) { nodes { seq } pageInfo { hasNextPage endCursor } } }';
    type Page = {
      ledger: { nodes: { seq: number }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    };
    const numbers: number[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { ledger }: Page = await world.gql<Page>(query, { after }, { as: outsider });
      numbers.push(...ledger.nodes.map(({ seq }) => seq));
      ({ hasNextPage: more, endCursor: after } = ledger.pageInfo);
    }
    expect(numbers.length).toBeGreaterThan(10);
    expect([...numbers].sort((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1));
  });

  test('is there for its team, auditors, administrators and whoever is on call for the organisation', async () => {
    const query = 'query ($id: ID!) { workflow(id: $id) { id } }';
    const sees = async (as: Person) =>
      (await world.gql<{ workflow: object | null }>(query, { id: secret.workflowId }, { as })).workflow !==
      null;
    for (const role of ['administrator', 'auditor', 'responder'] as const) {
      expect(await sees(await world.person({ organisationRoles: [role] }))).toBe(true);
    }
    expect([await sees(team.member), await sees(outsider)]).toEqual([true, false]);
  });
});
