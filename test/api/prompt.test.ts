import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addPromptVersion, registerPrompt } from '../support/prompt.builder.js';
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
  id: string;
  version: number;
  format: string;
  text: string | null;
  messages: { role: string; content: string }[] | null;
  variables: string[];
  digest: string;
  secretFindings: { kind: string; line: number }[];
}
const fields =
  'id version format text messages { role content } variables digest secretFindings { kind line }';
const makeVersion = (promptId: string, input: object, as = team.member) =>
  world.act<{ promptVersion: Version }>(
    'promptVersionCreate',
    `promptVersion { ${fields} }`,
    { promptId, commitMessage: 'Say it better', ...input },
    as,
  );

describe('A prompt', () => {
  test('with a variable that is not closed is refused, naming where', async () => {
    const { id } = await registerPrompt(world, team, 'Hello {{name}}');
    const text = await makeVersion(id, { format: 'text', text: 'Hello {{name}}\nabout {{unclosed' });
    expect(text.userErrors).toMatchObject([
      {
        code: 'INVALID_INPUT',
        field: ['input', 'text'],
        message: expect.stringContaining('Line 2, column 7'),
      },
    ]);
    const messages = [
      { role: 'system', content: 'Be brief' },
      { role: 'user', content: '{{question' },
    ];
    const chat = await makeVersion(id, { format: 'chat', messages });
    expect(chat.userErrors).toMatchObject([{ field: ['input', 'messages', '1', 'content'] }]);
  });

  test('has versions from 1, each with its variables, its digest and who wrote it', async () => {
    const { id } = await registerPrompt(world, team, 'Hello {{name}}');
    const messages = [
      { role: 'system', content: 'Answer from {{policy}} only.' },
      { role: 'user', content: '{{question}}' },
    ];
    const { promptVersion } = await makeVersion(id, { format: 'chat', messages, expectedVersion: 1 });
    expect(promptVersion).toMatchObject({
      version: 2,
      format: 'chat',
      text: null,
      messages,
      variables: ['policy', 'question'],
    });
    const { prompt } = await world.gql<{
      prompt: {
        latestVersion: Version;
        versions: { totalCount: number; nodes: { version: number; author: { id: string } }[] };
      };
    }>(
      'query ($id: ID!) { prompt(id: $id) { latestVersion { id version } versions { totalCount nodes { version author { id } } } } }',
      { id },
      { as: team.member },
    );
    expect(prompt.latestVersion).toMatchObject({ id: promptVersion.id, version: 2 });
    const author = { id: team.member.userId };
    expect(prompt.versions).toEqual({
      totalCount: 2,
      nodes: [
        { version: 2, author },
        { version: 1, author },
      ],
    });
  });

  test('keeps its text to the last character', async () => {
    const { id } = await registerPrompt(world, team);
    const text = '  Zeilen\r\nmit \t Rand, Emoji 👩‍🔧 und "Anführung" \\ {{ x }}  \n';
    const { promptVersion } = await makeVersion(id, { format: 'text', text });
    const again = await world.gql<{ promptVersion: Version }>(
      `query ($id: ID!) { promptVersion(id: $id) { ${fields} } }`,
      { id: promptVersion.id },
      { as: team.member },
    );
    expect(again.promptVersion).toEqual(promptVersion);
    expect(again.promptVersion.text).toBe(text);
  });

  test('written by two at once is kept by one; the other is told which version is the latest', async () => {
    const { id } = await registerPrompt(world, team);
    const results = await Promise.all(
      ['One', 'Two', 'Three'].map((text) => makeVersion(id, { format: 'text', text, expectedVersion: 1 })),
    );
    const refused = results.flatMap((r) => r.userErrors);
    expect(refused).toHaveLength(2);
    expect(refused[0]).toMatchObject({ code: 'CONFLICT', field: ['input', 'expectedVersion'] });
  });

  test('that says what the version before says is refused', async () => {
    const { id } = await registerPrompt(world, team, 'Same');
    expect((await makeVersion(id, { format: 'text', text: 'Same' })).userErrors).toMatchObject([
      { code: 'NOTHING_CHANGED', field: ['input', 'text'] },
    ]);
  });

  test('that holds a secret says where and of what kind; the secret itself is in no entry and no log', async () => {
    const secret = ['sk-proj-', 'abcdefghijklmnopqrstuvwx'].join('');
    const { id } = await registerPrompt(world, team);
    const { promptVersion } = await makeVersion(id, { format: 'text', text: `Line one\nkey: ${secret}` });
    expect(promptVersion.secretFindings).toContainEqual({ kind: 'openai_key', line: 2 });
    const entries = await world.db.ledgerEntry.findMany({ where: { subjectId: promptVersion.id } });
    expect(entries).toHaveLength(1);
    expect(entries[0]?.canonical).not.toContain(secret);
    expect(world.logs.join('')).not.toContain(secret);
  });

  test('with bad input is refused by field and stores nothing', async () => {
    const { id } = await registerPrompt(world, team);
    const before = await world.db.promptVersion.count();
    const cases: [object, string][] = [
      [{ format: 'text' }, 'input.text'],
      [{ format: 'text', text: '' }, 'input.text'],
      [{ format: 'chat', messages: [] }, 'input.messages'],
      [{ format: 'chat', text: 'x' }, 'input.text'],
      [{ format: 'text', text: 'x'.repeat(200_001) }, 'input.text'],
      [{ format: 'text', text: 'x', commitMessage: ' ' }, 'input.commitMessage'],
      [{ format: 'text', text: 'x', promptId: 'nonsense' }, 'input.promptId'],
      [{ format: 'text', text: 'x', promptId: '01890000-0000-7000-8000-000000000000' }, 'input.promptId'],
    ];
    for (const [input, field] of cases) {
      const { userErrors } = await makeVersion(id, input);
      expect([input, userErrors.map((e) => e.field?.join('.'))]).toEqual([
        input,
        expect.arrayContaining([field]),
      ]);
    }
    expect(await world.db.promptVersion.count()).toBe(before);
  });

  test('of another team may be read by everybody and written by its team alone', async () => {
    const other = await staffedTeam(world);
    const { id } = await registerPrompt(world, other);
    const { userErrors } = await makeVersion(id, { format: 'text', text: 'Mine now' });
    expect(userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    const data = await world.gql<{ prompt: { viewerCanEdit: boolean } }>(
      'query ($id: ID!) { prompt(id: $id) { viewerCanEdit } }',
      { id },
      { as: team.member },
    );
    expect(data.prompt.viewerCanEdit).toBe(false);
  });

  test('is never changed by SQL', async () => {
    const { versionId } = await registerPrompt(world, team);
    await expect(
      world.db.$executeRaw`UPDATE prompt_version SET commit_message = 'x' WHERE id = ${versionId}::uuid`,
    ).rejects.toThrow();
    await expect(
      world.db.$executeRaw`DELETE FROM prompt_version WHERE id = ${versionId}::uuid`,
    ).rejects.toThrow();
  });

  test('list of 50 asks the database as often as a list of one', async () => {
    const other = await staffedTeam(world);
    const query = `query ($teamId: ID) { prompts(first: 50, teamId: $teamId) { totalCount nodes { key team { key } usedBy { key }
      latestVersion { version variables author { name } } versions(first: 2) { totalCount nodes { version prompt { key } } } } } }`;
    const run = () =>
      world.gql<{ prompts: { totalCount: number } }>(query, { teamId: other.id }, { as: team.member });
    const count = async () => (await world.database.statements.during(run)).length;
    const first = await registerPrompt(world, other);
    await addPromptVersion(world, first.id, other.member, 'Second');
    const one = await count();
    for (let i = 0; i < 49; i += 1) await registerPrompt(world, other);
    expect((await run()).prompts.totalCount).toBe(50);
    expect(await count()).toBe(one);
  });
});
