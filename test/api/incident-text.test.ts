import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { incidentAct, openIncident } from '../support/incident.builder.js';
import { makeKey } from '../support/key.builder.js';
import { rollBack } from '../support/rollback-acts.js';
import { adoptEverywhere, servedWorkflow, type ServedWorkflow } from '../support/runtime.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { Reporter } from '../support/telemetry.builder.js';
import { createWorld, type World } from '../support/world.js';

describe.each([
  [
    'at a public address',
    { HOLDPOINT_PUBLIC_URL: 'https://holdpoint.example.com' },
    'https://holdpoint.example.com/',
  ],
  ['at an address that nobody told it', {}, '/'],
])('what a person copies about an incident from a registry %s', (_where, env, console) => {
  let world: World;
  let team: StaffedTeam;
  let workflow: ServedWorkflow;
  beforeAll(async () => {
    world = await createWorld(env);
    team = await staffedTeam(world);
    workflow = await servedWorkflow(world, { team });
    await adoptEverywhere(world, workflow);
  });
  afterAll(() => world.close());

  const textOf = async (id: string): Promise<string[]> => {
    const query = 'query ($id: ID!) { incident(id: $id) { text } }';
    const { incident } = await world.gql<{ incident: { text: string } }>(query, { id }, { as: team.member });
    return incident.text.split('\n');
  };

  test('says for whom, who confirmed it, who is missing, and where to read on', async () => {
    const key = await makeKey(world, team.reviewer, { scopes: ['runtime'], teamIds: [team.id] });
    const desks = ['desk-a', 'desk-b'].map(
      (name) => new Reporter(world, key, workflow.key, `instance-of-${name}`),
    );
    for (const desk of desks) await desk.beat();
    const responder = await world.person({ teams: [{ teamId: team.id, role: 'responder' }] });
    const { id: incidentId } = await openIncident(world, workflow.id, team.member);
    const { rollback, userErrors } = await rollBack(world, responder, workflow.id, {
      ...{ scope: 'stages', stageKeys: ['internal'], incidentId },
      segment: [
        { attribute: 'plan', operator: 'in', values: ['free', 'trial'] },
        { attribute: 'region', operator: 'not_in', values: ['eu'] },
      ],
    });
    expect(userErrors).toEqual([]);
    const { incarnation, epoch } = rollback!;

    const before = await textOf(incidentId);
    expect(before[1]).toBe(`${console}workflows/${workflow.id}/incidents/${incidentId}`);
    expect(before.at(-1)).toBe(`What is live now: ${console}live/${workflow.key}`);
    expect(before).toContainEqual(
      expect.stringMatching(
        /^Rollback #1 by .*: turned off, in Internal, only where plan is free or trial and region is not eu$/,
      ),
    );
    expect(before).toContain('Confirmed by 0 of 2 instances');
    expect(before.find((line) => line.startsWith('Still missing: '))).toMatch(
      /support-desk instance-of-desk-a.*support-desk instance-of-desk-b/,
    );

    await desks[0]!.beat({}, { incarnation, epoch });
    const half = await textOf(incidentId);
    expect(half).toContainEqual(
      expect.stringMatching(/^Confirmed by 1 of 2 instances, the slowest so far after \d+\.\d s$/),
    );
    expect(half).toContain('Still missing: support-desk instance-of-desk-b');

    await desks[1]!.beat({}, { incarnation, epoch });
    const done = await textOf(incidentId);
    expect(done).toContainEqual(
      expect.stringMatching(/^Confirmed by 2 of 2 instances, the slowest after \d+\.\d s$/),
    );
    expect(done.filter((line) => line.startsWith('Still missing'))).toEqual([]);

    await incidentAct(world, 'incidentMonitor', { incidentId, note: '' }, responder);
    const after = await textOf(incidentId);
    expect(after).toContain('State: monitoring');
    expect(after).toContainEqual(expect.stringMatching(/^Monitoring since: \d{4}-/));
    expect(after.join('\n')).not.toMatch(/watched/);
  });
});
