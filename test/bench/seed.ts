import { mkdtemp, readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../apps/api/src/create-app.js';
import { readConfig } from '../../apps/api/src/platform/config/read-config.js';
import { openDatabase } from '../../apps/api/src/platform/database/open-database.js';
import { createLogger } from '../../apps/api/src/platform/http/logger.js';
import { releasedWorkflow, type ReleasedWorkflow } from '../support/release.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { lowTierCore } from '../support/workflow.builder.js';
import { World } from '../support/world.js';
import { benchSecret } from './product.js';

const resultFile = new URL('../support/files/promptfoo/gate-pass.results.json', import.meta.url);

/** The product in this process, over a database that stays when it ends. */
export async function onDatabase<T>(
  url: string,
  work: (world: World) => Promise<T>,
  more: Record<string, string> = {},
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'holdpoint-bench-'));
  const environment = { NODE_ENV: 'test', PORT: '0', HOLDPOINT_DATA: folder, DATABASE_URL: url };
  const { config } = readConfig(
    { ...environment, HOLDPOINT_SECRET: benchSecret, LOG_LEVEL: 'silent', ...more },
    [],
  );
  const database = await openDatabase(config);
  const app = await createApp({ config, database, logger: createLogger('error') });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const engine = { database, url, close: () => database.close() };
  const world = new World(app, `http://127.0.0.1:${String(port)}`, engine, config, [], folder);
  try {
    return await work(world);
  } finally {
    await world.close();
  }
}

/** A low-tier workflow with a release and a suite. */
async function candidate(world: World, team: StaffedTeam): Promise<ReleasedWorkflow & { suiteId: string }> {
  const [metric] = lowTierCore.successMetrics;
  const core = { ...lowTierCore, successMetrics: [{ ...metric, name: 'groundedness' }] };
  const workflow = await releasedWorkflow(world, team, { core });
  const { evalSuite } = await world.mustAct<{ evalSuite: { id: string } }>(
    'evalSuiteCreate',
    'evalSuite { id }',
    { workflowId: workflow.id, key: 'gate', name: 'Gate' },
    team.member,
  );
  const metrics = ['groundedness', 'schema_validity'].map((name) => ({
    name,
    threshold: 0.9,
    minSamples: 20,
  }));
  const definition = { metrics, minCasesPerCategory: { success: 3 } };
  await world.mustAct(
    'evalSuiteVersionCreate',
    'evalSuiteVersion { version }',
    { suiteId: evalSuite.id, expectedVersion: 0, definition },
    team.member,
  );
  return { ...workflow, suiteId: evalSuite.id };
}

async function measure(world: World, team: StaffedTeam, workflow: ReleasedWorkflow & { suiteId: string }) {
  const ids = { workflowId: workflow.id, suiteId: workflow.suiteId, releaseId: workflow.release.id };
  const query = new URLSearchParams({ ...ids, format: 'promptfoo', fileName: 'results.json' });
  const response = await world.fetch(`/api/eval-uploads?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: await readFile(resultFile, 'utf8'),
    as: team.member,
  });
  if (response.status !== 201) throw new Error(await response.text());
}

/** Asks for the first stage and has it approved: nothing is left but to execute. */
async function approve(world: World, team: StaffedTeam, { id, release }: ReleasedWorkflow): Promise<string> {
  const { promotion } = await world.mustAct<{ promotion: { id: string } }>(
    'promotionRequest',
    'promotion { id }',
    { workflowId: id, releaseId: release.id, toStage: 'internal', kind: 'climb' },
    team.member,
  );
  const verdict = { promotionId: promotion.id, digest: release.digest, verdict: 'approve' };
  await world.mustAct('promotionReview', 'promotion { id }', verdict, team.reviewer);
  return promotion.id;
}

export interface ReadyPromotion {
  workflowId: string;
  promotionId: string;
  digest: string;
  /** Of a person who may execute it. */
  cookie: string;
}

/** One promotion whose gates are all complete. */
export const seedReadyPromotion = (url: string): Promise<ReadyPromotion> =>
  onDatabase(url, async (world) => {
    const team = await staffedTeam(world);
    const workflow = await candidate(world, team);
    await measure(world, team, workflow);
    const promotionId = await approve(world, team, workflow);
    const { digest } = workflow.release;
    return { workflowId: workflow.id, promotionId, digest, cookie: team.member.cookie };
  });

/** Four workflows on their way: not measured, measured, approved, live in the first stage. */
export const seedBoard = (url: string): Promise<{ workflowIds: string[]; cookie: string }> =>
  onDatabase(url, async (world) => {
    const team = await staffedTeam(world);
    const workflows = [];
    for (let n = 0; n < 4; n += 1) workflows.push(await candidate(world, team));
    const [, ...measured] = workflows;
    for (const workflow of measured) await measure(world, team, workflow);
    for (const workflow of measured.slice(1)) {
      const promotionId = await approve(world, team, workflow);
      if (workflow !== measured[2]) continue;
      const executed = await world.mustAct<{ promotion: { state: string } | null }>(
        'promotionExecute',
        'promotion { state }',
        { promotionId, expectedDigest: workflow.release.digest },
        team.member,
      );
      if (executed.promotion?.state !== 'executed') throw new Error('The gates are not complete');
    }
    return { workflowIds: workflows.map(({ id }) => id), cookie: team.member.cookie };
  });
