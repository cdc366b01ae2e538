import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeKey } from '../support/key.builder.js';
import { obstacles, type Obstacle } from '../support/obstacle.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

const holdpoint = fileURLToPath(new URL('../../packages/client/bin/holdpoint.js', import.meta.url));
const run = promisify(execFile);

/** Somebody who tries. Only a key has a secret, and only that gets into the command line. */
interface Actor {
  name: string;
  as: (Person & { secret?: string }) | null;
  /** Whether the table lets them execute a promotion whose gates are complete: then they are told what is in the way. */
  may: boolean;
}

interface Door {
  name: string;
  /** @returns what the product answered, as text. */
  attempt: (actor: Actor, obstacle: Obstacle) => Promise<string>;
}

let world: World;
let team: StaffedTeam;
let actors: Actor[];
let barriers: Obstacle[];

const document = `mutation ($input: PromotionExecuteInput!) { promotionExecute(input: $input) {
  promotion { state } readiness { complete order { code } gates { checks { id status requiredHere } } } userErrors { code } } }`;

const inputOf = ({ promotion }: Obstacle) => ({
  ...{ promotionId: promotion.id, expectedDigest: promotion.digest },
});

const json = { 'content-type': 'application/json' };

/** What a browser sends from the console. */
const console_: Door = {
  name: 'console',
  attempt: async ({ as }, obstacle) => {
    const headers = { ...json, origin: world.url, 'sec-fetch-site': 'same-origin' };
    const body = JSON.stringify({ query: document, variables: { input: inputOf(obstacle) } });
    return (await world.fetch('/graphql', { method: 'POST', headers, body, as })).text();
  },
};

/** What a script sends; with a key of idempotency that differs each time. */
const graphql: Door = {
  name: 'GraphQL',
  attempt: async ({ as }, obstacle) => {
    const input = { ...inputOf(obstacle), idempotencyKey: `try-${String(Math.random())}` };
    return JSON.stringify((await world.raw(document, { input }, { as })).body);
  },
};

/** Every other way in which a request can carry a mutation. */
const http: Door = {
  name: 'HTTP',
  attempt: async ({ as }, obstacle) => {
    const input = JSON.stringify(inputOf(obstacle));
    const inline = `mutation { promotionExecute(input: ${input.replaceAll(/"(\w+)":/g, '$1:')}) { promotion { state } } }`;
    const answers = [
      await world.fetch(`/graphql?query=${encodeURIComponent(inline)}`, { as }),
      await world.fetch(
        `/graphql?query=${encodeURIComponent(document)}&variables=${encodeURIComponent(`{"input":${input}}`)}`,
        { as },
      ),
      ...(await Promise.all(
        ['text/plain', 'application/x-www-form-urlencoded'].map((type) =>
          world.fetch('/graphql', {
            method: 'POST',
            headers: { 'content-type': type },
            body: `query=${encodeURIComponent(inline)}`,
            as,
          }),
        ),
      )),
      await world.fetch('/graphql', {
        method: 'POST',
        headers: json,
        body: JSON.stringify([{ query: inline }]),
        as,
      }),
    ];
    for (const answer of answers) expect([200, 400, 401, 403, 405, 415]).toContain(answer.status);
    return (await Promise.all(answers.map((answer) => answer.text()))).join('\n');
  },
};

/** The command, by who has a key; a person has none, and without one it does not even ask. */
const cli: Door = {
  name: 'CLI',
  attempt: async ({ as }, { promotion }) => {
    const env = { PATH: process.env['PATH'], HOLDPOINT_URL: world.url, HOLDPOINT_KEY: as?.secret ?? '' };
    const args = ['promotion', 'execute', promotion.id, '--digest', promotion.digest, '--json'];
    const ended = await run(process.execPath, [holdpoint, ...args], { env }).catch((error: unknown) => error);
    const { code, stdout, stderr } = ended as { code?: number; stdout: string; stderr: string };
    expect(code).toBe(stdout === '' ? 2 : 1);
    return `${stdout}${stderr}`;
  },
};

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  barriers = await obstacles(world, team);
  const person = (role: 'member' | 'reviewer' | 'responder') =>
    world.person({ teams: [{ teamId: team.id, role }] });
  const key = (scopes: string[], kind: 'service' | 'agent' = 'service') =>
    makeKey(world, team.reviewer, { kind, scopes, teamIds: [team.id] });
  actors = [
    { name: 'nobody', as: null, may: false },
    { name: 'the author', as: team.member, may: true },
    { name: 'the reviewer', as: team.reviewer, may: true },
    { name: 'another member', as: await person('member'), may: true },
    { name: 'responder', as: await person('responder'), may: false },
  ];
  for (const role of ['administrator', 'auditor', 'risk_reviewer', 'security_reviewer', 'responder'] as const)
    actors.push({
      name: `the organisation's ${role}`,
      as: await world.person({ organisationRoles: [role] }),
      may: false,
    });
  actors.push({ name: 'key of ci', as: await key(['ci']), may: true });
  for (const scope of ['read', 'runtime', 'runtime-public', 'narrow'])
    actors.push({ name: `key of ${scope}`, as: await key([scope]), may: false });
  actors.push({ name: 'agent', as: await key(['ci'], 'agent'), may: true });
}, 400_000);
afterAll(() => world.close());

describe('nobody gets past', () => {
  const doors = [console_, graphql, http, cli];

  test.each(doors)(
    'a gate through the door $name',
    async ({ name, attempt }) => {
      const got: string[] = [];
      for (const [index, obstacle] of barriers.entries()) {
        const before = await standing(obstacle.workflowId);
        for (const actor of actors) {
          // Without a key the command asks nobody anything, whatever it is about; with one that may not execute, it
          // is refused before anybody looks at the promotion.
          if (name === 'CLI' && !(actor.as?.secret && actor.may) && index > 0) continue;
          const answer = await attempt(actor, obstacle);
          const cell = `${actor.name}, ${name}, ${obstacle.why}`;
          if (/"state":"executed"|"moved":true/.test(answer)) got.push(`${cell}: got through`);
          // Who may execute is told what is in the way; that the door was open is what makes the refusal the gate's.
          const heard = name === 'HTTP' || !actor.may || (name === 'CLI' && !actor.as?.secret);
          if (!heard && !answer.includes(obstacle.says)) got.push(`${cell}: ${answer.slice(0, 300)}`);
        }
        if ((await standing(obstacle.workflowId)) !== before)
          got.push(`${name}, ${obstacle.why}: left a trace`);
      }
      expect(got).toEqual([]);
    },
    600_000,
  );

  test('and no ledger has a gap', async () => {
    const auditor = await world.person({ organisationRoles: ['auditor'] });
    for (const { workflowId } of barriers) {
      const query = 'query ($chain: String!) { ledgerVerify(chain: $chain) { ok problem } }';
      const { ledgerVerify } = await world.gql<{ ledgerVerify: unknown }>(
        query,
        { chain: workflowId },
        { as: auditor },
      );
      expect(ledgerVerify).toEqual({ ok: true, problem: null });
    }
  });
});

/** What is live, what the ledger holds and what is remembered of acts. */
async function standing(workflowId: string): Promise<string> {
  const live = await world.db.occupancy.findMany({ where: { workflowId }, orderBy: { from: 'asc' } });
  const entries = await world.db.ledgerEntry.count({ where: { chain: workflowId } });
  const stages = await world.db.stage.findMany({ where: { workflowId }, orderBy: { position: 'asc' } });
  const records = await world.db.readinessRecord.count({ where: { workflowId } });
  return JSON.stringify({ live, entries, stages, records });
}
