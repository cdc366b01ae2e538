import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeKey, type KeyHolder } from '../support/key.builder.js';
import { easyPromotions, type Promotions } from '../support/promotion.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { Reporter, writeOut } from '../support/telemetry.builder.js';
import { createWorld, type World } from '../support/world.js';

type Finding = {
  instanceId: string;
  kind: string;
  reported: string;
  reportedName: string | null;
  endedAt: string | null;
  times: number;
};

describe('drift', () => {
  let world: World;
  let team: StaffedTeam;
  let promotions: Promotions;
  let key: KeyHolder;
  const foreign = `sha256:${'f'.repeat(64)}`;

  beforeAll(async () => {
    world = await createWorld();
    team = await staffedTeam(world);
    promotions = await easyPromotions(world, team);
    await promotions.bring(promotions.workflow.release);
    key = await makeKey(world, team.reviewer, { scopes: ['runtime'], teamIds: [team.id] });
  });
  afterAll(() => world.close());

  const version = async () => {
    const { incarnation, epoch } = await world.db.workflow.findUniqueOrThrow({
      where: { id: promotions.workflow.id },
    });
    return { incarnation, epoch };
  };
  const digestsOf = async (releaseId: string) => {
    const step = await world.db.releaseStep.findFirstOrThrow({
      where: { releaseId },
      include: { promptVersion: true, modelConfigVersion: true },
    });
    return { prompts: { main: step.promptVersion.digest }, models: { main: step.modelConfigVersion.digest } };
  };
  const serving = async (release: { id: string; digest: string }) => [
    { stage: 'internal', release: release.digest, ...(await digestsOf(release.id)) },
  ];
  const findings = async (instanceId: string): Promise<Finding[]> => {
    const query = `query ($id: ID!) { workflow(id: $id) {
      driftFindings { instanceId kind reported reportedName endedAt times } } }`;
    const data = await world.gql<{ workflow: { driftFindings: Finding[] } }>(
      query,
      { id: promotions.workflow.id },
      { as: team.member },
    );
    return data.workflow.driftFindings.filter((one) => one.instanceId === instanceId);
  };
  const reporter = () => new Reporter(world, key, `${team.key}.${promotions.workflow.key}`);

  test('is not found in an instance that serves what it was given', async () => {
    const one = reporter();
    await one.beat({}, { ...(await version()), serves: await serving(promotions.workflow.release) });
    expect(await findings(one.instanceId)).toEqual([]);
  });

  test('is found in a release that nobody registered, until the instance reports again without it', async () => {
    const one = reporter();
    const own = [{ stage: 'internal', release: foreign, prompts: {}, models: {} }];
    await one.beat({}, { ...(await version()), serves: own });
    await one.beat({ sentAt: new Date(Date.now() + 5).toISOString() }, { ...(await version()), serves: own });
    expect(await findings(one.instanceId)).toMatchObject([
      { kind: 'release', reported: foreign, reportedName: null, endedAt: null, times: 2 },
    ]);
    const mended = await serving(promotions.workflow.release);
    await one.beat(
      { sentAt: new Date(Date.now() + 10).toISOString() },
      { ...(await version()), serves: mended },
    );
    expect((await findings(one.instanceId))[0]?.endedAt).not.toBeNull();
  });

  test('goes on where a report arrives that was sent before the one in which it was found', async () => {
    const one = reporter();
    const late = one.body({}, { ...(await version()), serves: await serving(promotions.workflow.release) });
    const own = [{ stage: 'internal', release: foreign, prompts: {}, models: {} }];
    await one.beat(
      { sentAt: new Date(Date.now() + 1_000).toISOString() },
      { ...(await version()), serves: own },
    );
    await one.send(late);
    await writeOut(world);
    expect(await findings(one.instanceId)).toMatchObject([{ reported: foreign, endedAt: null, times: 1 }]);
  });

  test('is found in a prompt and a model that an application has put in by itself', async () => {
    const one = reporter();
    const [mine] = await serving(promotions.workflow.release);
    const changed = [{ ...mine!, prompts: { main: foreign }, models: { main: foreign } }];
    await one.beat({}, { ...(await version()), serves: changed });
    expect((await findings(one.instanceId)).map(({ kind }) => kind).sort()).toEqual(['model', 'prompt']);
  });

  test('is not found in an instance that is behind and serves what that version served', async () => {
    const one = reporter();
    const old = { ...(await version()), serves: await serving(promotions.workflow.release) };
    await one.beat({}, old);
    const next = await promotions.withPrompt(promotions.workflow.release, 'Code for {{ticket}}, or unsure');
    await promotions.bring(next, 'internal', 'replace');
    await one.beat({ sentAt: new Date(Date.now() + 5).toISOString() }, old);
    // Another that never reported before, with a version that this server has forgotten or never saw.
    const other = reporter();
    await other.beat({}, { incarnation: 1, epoch: 0, serves: old.serves });
    expect([await findings(one.instanceId), await findings(other.instanceId)]).toEqual([[], []]);
    // As it takes the next version over, it may still report what it answered with until now.
    await one.beat(
      { sentAt: new Date(Date.now() + 10).toISOString() },
      { ...(await version()), serves: old.serves },
    );
    expect(await findings(one.instanceId)).toEqual([]);
  });

  test('is not found in an instance that was forced to its failure behaviour', async () => {
    const one = reporter();
    one.state = 'fallback';
    await one.beat({ forcedFallback: true }, await version());
    expect(await findings(one.instanceId)).toEqual([]);
  });
});
