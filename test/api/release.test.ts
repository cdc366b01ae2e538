import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addModelVersion } from '../support/model.builder.js';
import { addPromptVersion } from '../support/prompt.builder.js';
import { createRelease, releasedWorkflow } from '../support/release.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { lowTierCore, publishContract, registerWorkflow } from '../support/workflow.builder.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
}, 180_000);
afterAll(() => world.close());

const unknown = '01890000-0000-7000-8000-000000000000';

interface Shown {
  release: {
    parent: { id: string } | null;
    liveIn: string[];
    behindLive: unknown[];
    riskTier: string;
    authors: { id: string }[];
    responsible: { id: string }[];
    diff: {
      from: { id: string } | null;
      changedComponents: string[];
      replaceable: boolean;
      changes: { component: string; path: string; before: unknown; after: unknown }[];
    };
  };
}
const show = (id: string, toReleaseId: string | null = null) =>
  world
    .gql<Shown>(
      `query ($id: ID!, $to: ID) { release(id: $id) { parent { id } liveIn behindLive { stageKey occupant { id } } riskTier
        authors { id } responsible { id }
        diff(toReleaseId: $to) { from { id } changedComponents replaceable changes { component path before after } } } }`,
      { id, to: toReleaseId },
      { as: team.member },
    )
    .then((data) => data.release);

describe('A release', () => {
  test('bundles what is published, with digests, a number and a name', async () => {
    const { release, id } = await releasedWorkflow(world, team);
    expect(release).toMatchObject({ number: 1, digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
    expect(release.alias).toBe(`r1-${release.digest.slice(7, 13)}`);
    const shown = await show(release.id);
    expect(shown).toMatchObject({
      parent: null,
      liveIn: [],
      behindLive: [],
      riskTier: 'low',
      diff: { from: null },
    });
    expect(shown.responsible).toEqual([{ id: team.member.userId }]);
    expect(await world.db.ledgerEntry.count({ where: { chain: id, act: 'release.created' } })).toBe(1);
  });

  test('that is exactly another is refused, naming it', async () => {
    const { id, release, prompt, model } = await releasedWorkflow(world, team);
    const steps = [
      { name: 'main', promptVersionId: prompt.versionId, modelConfigVersionId: model.versionId },
    ];
    const input = { workflowId: id, parentReleaseId: release.id, steps };
    const { userErrors } = await world.act('releaseCreate', 'release { id }', input, team.member);
    expect(userErrors).toMatchObject([{ code: 'CONFLICT', message: expect.stringContaining(release.alias) }]);
  });

  test('keeps its digest for evals when only the wording of the contract changes', async () => {
    const { id, release, prompt, model } = await releasedWorkflow(world, team);
    await publishContract(world, id, team.member, {
      core: { ...lowTierCore, userJob: 'Sort tickets, better said' },
    });
    const parts = {
      promptVersionId: prompt.versionId,
      modelConfigVersionId: model.versionId,
      parentReleaseId: release.id,
    };
    const next = await createRelease(world, id, team.member, parts);
    expect(next.digest).not.toBe(release.digest);
    expect(next.evalDigest).toBe(release.evalDigest);
    expect((await show(next.id)).diff).toMatchObject({
      from: { id: release.id },
      changedComponents: ['core'],
      replaceable: false,
    });
  });

  test('shows its changes field by field against its parent, and may replace when only prompts changed', async () => {
    const { id, release, prompt, model } = await releasedWorkflow(world, team);
    const promptVersionId = await addPromptVersion(
      world,
      prompt.id,
      team.reviewer,
      'Route it now: {{ticket}}',
    );
    const parts = { promptVersionId, modelConfigVersionId: model.versionId, parentReleaseId: release.id };
    const second = await createRelease(world, id, team.member, parts);
    const { diff, authors } = await show(second.id);
    expect(diff).toMatchObject({
      changedComponents: ['prompts'],
      replaceable: true,
      changes: [
        {
          component: 'prompts',
          path: 'main',
          before: 'Route this ticket: {{ticket}}',
          after: 'Route it now: {{ticket}}',
        },
      ],
    });
    expect(authors.map((a) => a.id).sort()).toEqual([team.member.userId, team.reviewer.userId].sort());
    const modelConfigVersionId = await addModelVersion(world, model.id, team.member, { temperature: 0.7 });
    const third = await createRelease(world, id, team.member, {
      ...parts,
      modelConfigVersionId,
      parentReleaseId: second.id,
    });
    expect((await show(third.id)).diff.changes).toEqual([
      { component: 'models', path: 'main.parameters.temperature', before: 0.2, after: 0.7 },
    ]);
    expect((await show(third.id, release.id)).diff.changedComponents).toEqual(['prompts', 'models']);
  });

  test('says where it came from: the parent must be given, be of this workflow, and never guessed', async () => {
    const { id, prompt, model } = await releasedWorkflow(world, team);
    const other = await releasedWorkflow(world, team);
    const steps = [
      { name: 'other', promptVersionId: prompt.versionId, modelConfigVersionId: model.versionId },
    ];
    const make = (input: object) =>
      world.act('releaseCreate', 'release { id }', { workflowId: id, steps, ...input }, team.member);
    expect((await make({})).userErrors).toMatchObject([{ field: ['input', 'parentReleaseId'] }]);
    expect((await make({ parentReleaseId: other.release.id })).userErrors).toMatchObject([
      { code: 'NOT_FOUND', field: ['input', 'parentReleaseId'] },
    ]);
    expect((await make({ parentReleaseId: null, alias: 'own-root' })).userErrors).toEqual([]);
    expect(
      (await make({ parentReleaseId: null, steps: [{ ...steps[0], name: 'more' }], alias: 'own-root' }))
        .userErrors,
    ).toMatchObject([{ code: 'CONFLICT', field: ['input', 'alias'] }]);
  });

  test('needs a published contract and steps that exist; a refusal names them and leaves nothing', async () => {
    const { id } = await registerWorkflow(world, team);
    const { prompt, model } = await releasedWorkflow(world, team);
    const step = { name: 'main', promptVersionId: prompt.versionId, modelConfigVersionId: model.versionId };
    const make = (steps: object[], more: object = {}) =>
      world.act(
        'releaseCreate',
        'release { id }',
        { workflowId: id, parentReleaseId: null, steps, ...more },
        team.member,
      );
    expect((await make([step])).userErrors).toMatchObject([{ code: 'CONTRACT_INCOMPLETE' }]);
    await publishContract(world, id, team.member);
    expect((await make([{ ...step, promptVersionId: unknown }])).userErrors).toMatchObject([
      { code: 'NOT_FOUND', field: ['input', 'steps', '0', 'promptVersionId'] },
    ]);
    expect((await make([step, step])).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['input', 'steps'] },
    ]);
    expect((await make([])).userErrors).toMatchObject([{ field: ['input', 'steps'] }]);
    const foreign = { componentIds: { core: unknown, output: unknown } };
    expect((await make([step], foreign)).userErrors).toMatchObject([
      { field: ['input', 'componentIds', 'core'] },
    ]);
    expect(await world.db.release.count({ where: { workflowId: id } })).toBe(0);
    expect((await world.db.workflow.findUniqueOrThrow({ where: { id } })).lastReleaseNumber).toBe(0);
  });

  test('of fifty asked for at once, each gets a number of its own', async () => {
    const { id, prompt, model } = await releasedWorkflow(world, team);
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        world.mustAct<{ release: { number: number } }>(
          'releaseCreate',
          'release { number }',
          {
            ...{ workflowId: id, parentReleaseId: null },
            steps: [
              {
                name: `step-${String(i)}`,
                promptVersionId: prompt.versionId,
                modelConfigVersionId: model.versionId,
              },
            ],
          },
          team.member,
        ),
      ),
    );
    expect(made.map((m) => m.release.number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 2),
    );
  }, 30_000);

  test('of a restricted workflow is not there for others, and an unknown one is null', async () => {
    const other = await staffedTeam(world);
    const workflow = await registerWorkflow(world, other, { restricted: true });
    await publishContract(world, workflow.id, other.member);
    const { prompt, model } = await releasedWorkflow(world, other);
    const hidden = await createRelease(world, workflow.id, other.member, {
      promptVersionId: prompt.versionId,
      modelConfigVersionId: model.versionId,
    });
    for (const id of [hidden.id, unknown, 'nonsense']) {
      const query = 'query ($id: ID!) { release(id: $id) { id } }';
      expect(await world.gql(query, { id }, { as: team.member })).toEqual({ release: null });
    }
    const used = await world.gql<{ prompt: { usedBy: { id: string }[] } }>(
      'query ($id: ID!) { prompt(id: $id) { usedBy { id } } }',
      { id: prompt.id },
      { as: team.member },
    );
    expect(used.prompt.usedBy).toHaveLength(1);
    expect(used.prompt.usedBy.map((w) => w.id)).not.toContain(workflow.id);
  });

  test('with 49 others asks the database as often as alone', async () => {
    const { id, prompt, model } = await releasedWorkflow(world, team);
    const query = `query ($id: ID!) { workflow(id: $id) { releases(first: 50) { totalCount nodes {
      alias digest createdBy { name } responsible { name } authors { name } parent { alias } riskTier liveIn
      behindLive { stageKey occupant { alias } } components { core { digest } } steps { name promptVersion { version text prompt { key } author { name } }
      modelConfigVersion { model parameters modelConfig { key } } } diff { changedComponents changes { path before after } } } } } }`;
    const count = async () =>
      (await world.database.statements.during(() => world.gql(query, { id }, { as: team.member }))).length;
    let parentReleaseId: string | null = null;
    const make = async (name: string) => {
      const steps = [{ name, promptVersionId: prompt.versionId, modelConfigVersionId: model.versionId }];
      const input = { workflowId: id, parentReleaseId, steps };
      const made = await world.mustAct<{ release: { id: string } }>(
        'releaseCreate',
        'release { id }',
        input,
        team.member,
      );
      parentReleaseId = made.release.id;
    };
    await make('second');
    const two = await count();
    for (let i = 2; i < 50; i += 1) await make(`step-${String(i)}`);
    expect(await count()).toBe(two);
  }, 60_000);
});
