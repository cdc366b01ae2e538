import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Heartbeat } from '../../packages/client/src/report/heartbeat.schema.js';
import { EffectService } from '../../apps/api/src/modules/telemetry/effect.service.js';
import { HeartbeatService } from '../../apps/api/src/modules/telemetry/heartbeat.service.js';
import { RuntimeKeys, type RuntimeKey } from '../../apps/api/src/platform/identity/runtime-keys.js';
import { makeKey, type KeyHolder } from '../support/key.builder.js';
import { easyPromotions, type Promotions } from '../support/promotion.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { recordRollback, Reporter, writeOut } from '../support/telemetry.builder.js';
import { createWorld, type World } from '../support/world.js';

const count = 5_000;
/** Writes in the ten seconds in which each of them reports once. */
const writes = 40;

let world: World;
let team: StaffedTeam;
let promotions: Promotions;
let holder: KeyHolder;
let key: RuntimeKey;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  promotions = await easyPromotions(world, team);
  await promotions.bring(promotions.workflow.release);
  holder = await makeKey(world, team.reviewer, { scopes: ['runtime'], teamIds: [team.id] });
  key = (await world.app.get(RuntimeKeys, { strict: false }).findById(holder.userId))!;
});
afterAll(() => world.close());

async function everybodyReports(texts: readonly string[]): Promise<{ cpuMs: number; statements: number }> {
  const heartbeats = world.app.get(HeartbeatService, { strict: false });
  const before = process.cpuUsage();
  const statements = world.database.statements.count;
  for (let start = 0; start < texts.length; start += count / writes) {
    const batch = texts.slice(start, start + count / writes);
    await Promise.all(batch.map((text) => heartbeats.receive(key, JSON.parse(text), new Date())));
    await writeOut(world);
  }
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000, statements: world.database.statements.count - statements };
}

test('five thousand instances that report every ten seconds take a fraction of one core, and no statement each', async () => {
  const workflow = `${team.key}.${promotions.workflow.key}`;
  const { release } = promotions.workflow;
  const version = async () => {
    const { incarnation, epoch } = await world.db.workflow.findUniqueOrThrow({
      where: { id: promotions.workflow.id },
    });
    return { incarnation, epoch };
  };
  const step = await world.db.releaseStep.findFirstOrThrow({
    where: { releaseId: release.id },
    include: { promptVersion: true, modelConfigVersion: true },
  });
  const serves = [
    {
      ...{ stage: 'internal', release: release.digest },
      ...{ prompts: { main: step.promptVersion.digest }, models: { main: step.modelConfigVersion.digest } },
    },
  ];
  const counts = [{ stage: 'internal', served: release.digest, requests: 20 }];
  const reporters = Array.from({ length: count }, () => new Reporter(world, holder, workflow));
  const bodies = async (): Promise<string[]> => {
    const now = await version();
    return reporters.map((one) =>
      JSON.stringify(one.body({}, { ...now, serves, counts }) satisfies Heartbeat),
    );
  };
  await everybodyReports(await bodies());
  const usual = await everybodyReports(await bodies());
  const { id } = await recordRollback(world, promotions.workflow.id);
  const after = await everybodyReports(await bodies());
  await world.app.get(EffectService, { strict: false }).measure([promotions.workflow.id]);
  const effect = await world.db.rollbackEffect.findUniqueOrThrow({ where: { rollbackId: id } });
  expect([effect.expected, effect.confirmed]).toEqual([count, count]);
  expect(await world.db.driftFinding.count()).toBe(0);
  // Ten seconds of one core are 10,000 ms; machines that run tests are busy with other things too.
  expect(usual.cpuMs).toBeLessThan(5_000);
  expect(usual.statements).toBeLessThan(writes * 6);
  expect(after.statements).toBeLessThan(writes * 12);
});
