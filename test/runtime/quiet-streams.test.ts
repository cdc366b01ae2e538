import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { usualTimings } from '../../packages/client/src/sdk/timings.js';
import { Listener } from '../support/event-source.js';
import type { KeyHolder } from '../support/key.builder.js';
import { Ofrep } from '../support/ofrep.builder.js';
import { rollBack } from '../support/rollback-acts.js';
import {
  adoptEverywhere,
  runtimeKey,
  servedWorkflow,
  type ServedWorkflow,
} from '../support/runtime.builder.js';
import { Clients, eventually, StreamWatch } from '../support/sdk.builder.js';
import { Switchboard } from '../support/switchboard.js';
import { createWorld, type Person, type World } from '../support/world.js';

/** How often docs/ofrep.md says that a comment comes. */
const commentMs = 15_000;
/** Two comments may pass before the SDK gives a stream up; here one, so that the test is over after one. */
const silenceMs = usualTimings.silenceMs / 2 + 2000;
const slack = 1500;
/** Nothing but the stream tells an application here. */
const never = 600_000;

let world: World;
let board: Switchboard;
let served: ServedWorkflow;
let responder: Person;
let key: KeyHolder;
const clients = new Clients();

beforeAll(async () => {
  world = await createWorld();
  served = await servedWorkflow(world);
  await adoptEverywhere(world, served);
  responder = await world.person({ organisationRoles: ['responder'] });
  key = await runtimeKey(world, served);
  board = await Switchboard.open();
  board.lead(world.url);
});
afterAll(async () => {
  Listener.closeAll();
  await clients.close();
  await board.close();
  await world.close();
});

/** An application whose stream is open. */
async function application(url: string) {
  const streams = new StreamWatch();
  const holdpoint = clients.make(
    {
      ...{ url, key: key.secret, workflows: [served.key] },
      timings: { silenceMs, retryMs: 50, pollMs: never, heartbeatMs: never },
    },
    { fetch: streams.fetch },
  );
  await holdpoint.ready();
  await eventually('its stream is open', () => streams.opened.length === 1);
  return { streams, reply: holdpoint.workflow(served.key) };
}

test('a stream on which nothing happens is kept alive by comments, and one on which nothing comes is left', async () => {
  const began = performance.now();
  const streams = [
    await Listener.open(await new Ofrep(world, key).stream()),
    await Listener.open(`${world.url}/v1/stream?workflows=${served.key}`, {
      authorization: `Bearer ${key.secret}`,
    }),
  ];
  const quiet = await application(world.url);
  const cutOff = await application(board.url);
  board.freeze();
  const frozen = performance.now();

  const hasComment = ({ text }: Listener) => text.includes('\n\n:\n\n');
  await eventually('a comment comes on each', () => streams.every(hasComment), commentMs + slack);
  expect(performance.now() - began).toBeLessThan(commentMs + slack);

  await eventually('the dead stream is left', () => cutOff.streams.opened.length > 1, silenceMs + slack);
  expect(cutOff.streams.opened[1]! - frozen).toBeGreaterThan(silenceMs - slack);
  await eventually('the quiet one is older', () => performance.now() - frozen > silenceMs + slack, never);
  expect([quiet.streams.opened.length, cutOff.streams.opened.length]).toEqual([1, 2]);
  expect(streams.some(({ ended }) => ended)).toBe(false);

  const { userErrors } = await rollBack(world, responder, served.id);
  expect(userErrors).toEqual([]);
  for (const { reply } of [quiet, cutOff])
    await eventually('it follows', () => reply.get().outcome === 'disabled', 1000);
}, 60_000);
