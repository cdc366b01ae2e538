import { afterAll, beforeAll, describe, test } from '@jest/globals';
import fc from 'fast-check';
import { createEngine } from '../../support/engine.js';
import { postgresAvailable } from '../../support/postgres.js';
import { staffedTeam } from '../../support/team.builder.js';
import { thoroughness } from '../../support/thoroughness.js';
import { createWorld, type World } from '../../support/world.js';
import { commands, liveTwice } from './commands.js';
import { Subject, type People } from './subject.js';

/** The embedded database runs one statement at a time; only a server can show what people do at once. */
const onServer = postgresAvailable() ? describe : describe.skip;
const numRuns = Number(process.env['HOLDPOINT_MODEL_RUNS'] ?? thoroughness.sequences);
const seed = process.env['HOLDPOINT_MODEL_SEED'];

onServer('whatever people do, in whatever order and at once', () => {
  let world: World;
  let people: People;

  beforeAll(async () => {
    world = await createWorld({}, [], await createEngine('postgres'));
    const team = await staffedTeam(world);
    const responder = await world.person({ teams: [{ teamId: team.id, role: 'responder' }] });
    people = { team, responder, other: await world.person({ organisationRoles: ['responder'] }) };
  }, 180_000);
  afterAll(() => world.close());

  test(
    `what is held and served is what a plain model says, and every invariant holds: ${String(numRuns)} sequences`,
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.boolean(),
          fc.commands(commands, { maxCommands: 25, size: 'max' }),
          async (isLive, sequence) => {
            const real = await Subject.create(world, people);
            if (isLive) await liveTwice(real);
            await fc.asyncModelRun(() => ({ model: {}, real }), sequence);
          },
        ),
        {
          ...{ numRuns, endOnFailure: process.env['HOLDPOINT_MODEL_SHRINK'] === 'no' },
          ...(seed === undefined ? {} : { seed: Number(seed) }),
        },
      );
    },
    60_000 + numRuns * 10_000,
  );
});
