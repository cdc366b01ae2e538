import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeKey } from '../support/key.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { registerWorkflow } from '../support/workflow.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
let elsewhere: StaffedTeam;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  elsewhere = await staffedTeam(world);
});
afterAll(() => world.close());

/** Listens to changes until told to stop; `ended` once the server has closed the stream. */
async function listen(as: Person) {
  const stop = new AbortController();
  const heard = { text: '', ended: false };
  const response = await world.fetch('/graphql', {
    ...{ method: 'POST', as, signal: stop.signal },
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription { changed { topic workflowId subjectId } }' }),
  });
  const listening = (async () => {
    for await (const piece of response.body ?? []) heard.text += Buffer.from(piece as Uint8Array).toString();
    heard.ended = true;
  })().catch(() => undefined);
  const end = async () => {
    stop.abort();
    await listening;
  };
  return { heard, end };
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 250 && !holds(); tries += 1) await pause(20);
  expect(holds()).toBe(true);
}

test('a key hears of the changes of its teams, of no others, and of nothing once it is revoked', async () => {
  const reader = await makeKey(world, team.reviewer, { scopes: ['read'], teamIds: [team.id] });
  const { heard, end } = await listen(reader);
  const other = await registerWorkflow(world, elsewhere);
  const own = await registerWorkflow(world, team);
  await until(() => heard.text.includes(own.id));
  expect(heard.text).not.toContain(other.id);
  await world.mustAct('keyRevoke', 'key { id }', { keyId: reader.userId }, team.reviewer);
  await pause(1_050);
  const later = await registerWorkflow(world, team);
  await until(() => heard.ended);
  expect(heard.text).not.toContain(later.id);
  await end();
});

test('a person who is disabled meanwhile hears nothing more', async () => {
  const leaver = await world.person({ teams: [{ teamId: team.id, role: 'member' }] });
  const { heard, end } = await listen(leaver);
  const before = await registerWorkflow(world, team);
  await until(() => heard.text.includes(before.id));
  await world.db.user.update({ where: { id: leaver.userId }, data: { disabledAt: new Date() } });
  await pause(1_050);
  const after = await registerWorkflow(world, team);
  await until(() => heard.ended);
  expect(heard.text).not.toContain(after.id);
  await end();
});
