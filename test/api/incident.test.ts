import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { incidentAct, openIncident } from '../support/incident.builder.js';
import { releasedWorkflow, type ReleasedWorkflow } from '../support/release.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { registerWorkflow } from '../support/workflow.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
let workflow: ReleasedWorkflow;
let onCall: Person;
let administrator: Person;
let stranger: Person;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  workflow = await releasedWorkflow(world, team);
  onCall = await world.person({ name: 'On call', organisationRoles: ['responder'] });
  administrator = await world.person({ name: 'Administrator', organisationRoles: ['administrator'] });
  const other = await world.team();
  stranger = await world.person({ name: 'Stranger', teams: [{ teamId: other.id, role: 'reviewer' }] });
}, 120_000);

afterAll(() => world.close());

const act = (mutation: string, input: Record<string, unknown>, as = team.member) =>
  incidentAct(world, mutation, input, as);
const open = (as = team.member, title?: string) => openIncident(world, workflow.id, as, title);
const codes = ({ userErrors }: { userErrors: { code: string }[] }) => userErrors.map((error) => error.code);

describe('an incident', () => {
  test('is numbered in its own workflow, from one', async () => {
    const another = await registerWorkflow(world, team);
    const first = await openIncident(world, another.id, team.member);
    const second = await openIncident(world, another.id, team.reviewer);
    expect([first.number, second.number]).toEqual([1, 2]);
    expect(first).toMatchObject({ state: 'open', links: [], owner: null, viewerCanWork: true });
  });

  test('is opened by the team, by whoever is on call and by administrators; by nobody else', async () => {
    for (const person of [team.member, team.reviewer, onCall, administrator]) {
      expect((await open(person)).state).toBe('open');
    }
    const refused = await act('incidentOpen', { workflowId: workflow.id, title: 'Not mine' }, stranger);
    expect(codes(refused)).toEqual(['FORBIDDEN']);
  });

  test('goes forwards only: open, monitoring, resolved', async () => {
    const { id: incidentId } = await open();
    const watched = await act('incidentMonitor', { incidentId, note: 'Error rate of the next hour' });
    expect(watched.incident).toMatchObject({ state: 'monitoring', note: 'Error rate of the next hour' });
    expect(codes(await act('incidentMonitor', { incidentId }))).toEqual(['CONFLICT']);
    const ended = await act('incidentResolve', { incidentId, note: 'A stale article; it is mended' });
    expect(ended.incident).toMatchObject({ state: 'resolved', note: 'A stale article; it is mended' });
    for (const mutation of ['incidentMonitor', 'incidentResolve']) {
      expect(codes(await act(mutation, { incidentId, note: 'Again' }))).toEqual(['INCIDENT_RESOLVED']);
    }
  });

  test('is not resolved without saying what it was', async () => {
    const { id: incidentId } = await open();
    const refused = await act('incidentResolve', { incidentId, note: '  ' });
    expect(refused.userErrors[0]).toMatchObject({ code: 'INVALID_INPUT', field: ['input', 'note'] });
  });

  test('is handed over to somebody who can work on it', async () => {
    const { id: incidentId } = await open();
    const taken = await act('incidentAssign', { incidentId, ownerId: onCall.userId });
    expect(taken.incident?.owner).toEqual({ id: onCall.userId });
    expect(codes(await act('incidentAssign', { incidentId, ownerId: onCall.userId }))).toEqual([
      'NOTHING_CHANGED',
    ]);
    const refused = await act('incidentAssign', { incidentId, ownerId: stranger.userId });
    expect(refused.userErrors[0]).toMatchObject({ code: 'INVALID_INPUT', field: ['input', 'ownerId'] });
  });

  test('points to releases and promotions of its own workflow, to addresses and tickets', async () => {
    const { id: incidentId } = await open();
    await act('incidentLink', { incidentId, kind: 'release', value: workflow.release.id });
    await act('incidentLink', { incidentId, kind: 'ticket', value: 'OPS-17' });
    const { incident } = await act('incidentLink', {
      incidentId,
      kind: 'url',
      value: 'https://example.com/1',
    });
    expect(incident?.links.map(({ kind }) => kind)).toEqual(['release', 'ticket', 'url']);
    expect(codes(await act('incidentLink', { incidentId, kind: 'ticket', value: 'OPS-17' }))).toEqual([
      'NOTHING_CHANGED',
    ]);
    const elsewhere = await releasedWorkflow(world, team);
    const foreign = await act('incidentLink', { incidentId, kind: 'release', value: elsewhere.release.id });
    expect(foreign.userErrors[0]).toMatchObject({ code: 'NOT_FOUND', field: ['input', 'value'] });
    const odd = await act('incidentLink', { incidentId, kind: 'url', value: 'javascript:alert(1)' });
    expect(odd.userErrors[0]).toMatchObject({ code: 'INVALID_INPUT', field: ['input', 'value'] });
  });

  test('leaves every step in the ledger, and what was typed only as a hash', async () => {
    const { id: incidentId } = await open(team.member, 'A title that names Somebody Private');
    await act('incidentAssign', { incidentId, ownerId: team.reviewer.userId });
    await act('incidentLink', { incidentId, kind: 'ticket', value: 'Ticket of Somebody Private' });
    await act('incidentMonitor', { incidentId, note: 'Somebody Private watches' });
    await act('incidentResolve', { incidentId, note: 'Somebody Private mended it' });
    const entries = await world.db.ledgerEntry.findMany({
      where: { subjectId: incidentId },
      orderBy: { seq: 'asc' },
    });
    expect(entries.map((entry) => entry.act.replace('incident.', ''))).toEqual(
      ...[['opened', 'assigned', 'linked', 'monitored', 'resolved']],
    );
    for (const { canonical } of entries) expect(canonical).not.toContain('Private');
  });

  test('is listed with those of the workflow, the open ones apart', async () => {
    const { id } = await registerWorkflow(world, team);
    const [first, second] = [
      await openIncident(world, id, team.member),
      await openIncident(world, id, team.member),
    ];
    await act('incidentResolve', { incidentId: first.id, note: 'Nothing was wrong' });
    const { workflow: shown, incidents } = await world.gql<{
      workflow: {
        incidents: { totalCount: number; nodes: { id: string }[] };
        openIncidents: { id: string }[];
      };
      incidents: { nodes: { id: string }[] };
    }>(
      `query ($id: ID!) { workflow(id: $id) { incidents { totalCount nodes { id } } openIncidents { id } }
        incidents(filter: { workflowId: $id, state: [resolved] }) { nodes { id } } }`,
      { id },
      { as: stranger },
    );
    expect(shown.incidents).toEqual({ totalCount: 2, nodes: [{ id: second.id }, { id: first.id }] });
    expect(shown.openIncidents).toEqual([{ id: second.id }]);
    expect(incidents.nodes).toEqual([{ id: first.id }]);
  });

  test('of a restricted workflow is not there for others', async () => {
    const { id } = await registerWorkflow(world, team, { restricted: true });
    const incident = await openIncident(world, id, team.member);
    const query = 'query ($id: ID!) { incident(id: $id) { id } incidents(first: 100) { nodes { id } } }';
    const seen = (as: Person) =>
      world.gql<{ incident: unknown; incidents: { nodes: { id: string }[] } }>(
        query,
        { id: incident.id },
        { as },
      );
    expect((await seen(team.reviewer)).incident).toEqual({ id: incident.id });
    const outside = await seen(stranger);
    expect(outside.incident).toBeNull();
    expect(outside.incidents.nodes).not.toContainEqual({ id: incident.id });
  });
});

test('its story is told in as many statements for many incidents as for one', async () => {
  const { id } = await registerWorkflow(world, team);
  const query = `query ($id: ID!) { workflow(id: $id) { incidents(first: 50) { nodes {
    timeline { act } breakGlassGrants { state use { readiness { complete } } } } } } }`;
  const ask = () => world.gql(query, { id }, { as: team.member });
  const statements = async () => (await world.database.statements.during(ask)).length;
  await openIncident(world, id, team.member);
  const one = await statements();
  await openIncident(world, id, team.member);
  await openIncident(world, id, team.member);
  expect(await statements()).toBe(one);
});
