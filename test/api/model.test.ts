import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { registerModel } from '../support/model.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
}, 180_000);
afterAll(() => world.close());

interface Version {
  version: number;
  isAlias: boolean;
  aliasAcceptedReason: string | null;
  parameters: unknown;
  digest: string;
}
const makeVersion = (modelConfigId: string, input: object) =>
  world.act<{ modelConfigVersion: Version }>(
    'modelConfigVersionCreate',
    'modelConfigVersion { version isAlias aliasAcceptedReason parameters digest }',
    {
      ...{
        modelConfigId,
        provider: 'openai',
        model: 'gpt-5.2-2026-03-01',
        parameters: {},
        commitMessage: 'Set it',
      },
      ...input,
    },
    team.member,
  );

describe('A model config', () => {
  test('keeps parameters as given, and has another digest for any other', async () => {
    const { id } = await registerModel(world, team, { temperature: 0 });
    const parameters = { temperature: 0.3, max_tokens: 400, reasoning: { effort: 'low' }, stop: ['END'] };
    const second = (await makeVersion(id, { parameters })).modelConfigVersion;
    expect(second).toMatchObject({ version: 2, parameters, isAlias: false });
    const third = (await makeVersion(id, { parameters: { ...parameters, temperature: 0.4 } }))
      .modelConfigVersion;
    expect(third.digest).not.toBe(second.digest);
    expect(
      (await makeVersion(id, { parameters: { ...parameters, temperature: 0.4 } })).userErrors,
    ).toMatchObject([{ code: 'NOTHING_CHANGED' }]);
  });

  test('of a name that can move needs a reason, and takes one only then', async () => {
    const { id } = await registerModel(world, team);
    const unexplained = await makeVersion(id, { model: 'gpt-5.2' });
    expect(unexplained.userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['input', 'aliasAcceptedReason'] },
    ]);
    const accepted = await makeVersion(id, {
      model: 'gpt-5.2',
      aliasAcceptedReason: 'The provider offers no snapshot',
    });
    expect(accepted.modelConfigVersion.isAlias).toBe(true);
    expect(accepted.modelConfigVersion.aliasAcceptedReason).toBe('The provider offers no snapshot');
    expect((await makeVersion(id, { aliasAcceptedReason: 'For nothing' })).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['input', 'aliasAcceptedReason'] },
    ]);
  });

  test('with bad input is refused by field and stores nothing', async () => {
    const { id } = await registerModel(world, team);
    const before = await world.db.modelConfigVersion.count();
    const cases: [object, string][] = [
      [{ parameters: { temperature: 3 } }, 'input.parameters.temperature'],
      [{ parameters: { max_tokens: 0.5 } }, 'input.parameters.max_tokens'],
      [{ parameters: 'hot' }, 'input.parameters'],
      [{ parameters: [] }, 'input.parameters'],
      [{ model: 'two words' }, 'input.model'],
      [{ provider: ' ' }, 'input.provider'],
      [{ expectedVersion: 7 }, 'input.expectedVersion'],
      [{ modelConfigId: 'nonsense' }, 'input.modelConfigId'],
    ];
    for (const [input, field] of cases) {
      const { userErrors } = await makeVersion(id, input);
      expect([input, userErrors.map((e) => e.field?.join('.'))]).toEqual([input, [field]]);
    }
    expect(await world.db.modelConfigVersion.count()).toBe(before);
  });

  test('list of 50 asks the database as often as a list of one', async () => {
    const other = await staffedTeam(world);
    const query = `query ($teamId: ID) { modelConfigs(first: 50, teamId: $teamId) { totalCount nodes { key team { key } viewerCanEdit
      latestVersion { version model author { name } } versions(first: 2) { totalCount nodes { version modelConfig { key } } } } } }`;
    const run = () =>
      world.gql<{ modelConfigs: { totalCount: number } }>(query, { teamId: other.id }, { as: team.member });
    const count = async () => (await world.database.statements.during(run)).length;
    await registerModel(world, other);
    const one = await count();
    for (let i = 0; i < 49; i += 1) await registerModel(world, other);
    expect((await run()).modelConfigs.totalCount).toBe(50);
    expect(await count()).toBe(one);
  });
});
