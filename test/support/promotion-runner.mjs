// Makes releases of one workflow and promotes each through two stages, act after act, until it is killed; says each
// move that was acknowledged. Runs on the built API. The one argument is JSON: where the data is, and who acts.
import { createApp } from '../../apps/api/dist/create-app.js';
import { PromptService } from '../../apps/api/dist/modules/prompt/prompt.service.js';
import { ExecutionService } from '../../apps/api/dist/modules/promotion/execution.service.js';
import { PromotionService } from '../../apps/api/dist/modules/promotion/promotion.service.js';
import { ReviewService } from '../../apps/api/dist/modules/promotion/review.service.js';
import { ReleaseService } from '../../apps/api/dist/modules/release/release.service.js';
import { readConfig } from '../../apps/api/dist/platform/config/read-config.js';
import { openDatabase } from '../../apps/api/dist/platform/database/open-database.js';
import { createLogger } from '../../apps/api/dist/platform/http/logger.js';
import { loadActor } from '../../apps/api/dist/platform/identity/actor.reads.js';

const { dataFolder, databaseUrl, workflowId, memberId, reviewerId, promptId, modelConfigVersionId } =
  JSON.parse(process.argv[2]);
const database = await openDatabase({ databaseUrl, migrateUrl: databaseUrl, dataFolder });
const { config } = readConfig({ NODE_ENV: 'test', HOLDPOINT_DATA: dataFolder }, []);
// Not initialised: nothing is served, so neither schema nor listeners are needed, and it starts the sooner.
const app = await createApp({ config, database, logger: createLogger('error', process.stderr) });
const [prompts, releases, promotions, reviews, executions] = [
  PromptService,
  ReleaseService,
  PromotionService,
  ReviewService,
  ExecutionService,
].map((service) => app.get(service, { strict: false }));
const [member, reviewer] = [
  await loadActor(database.client, memberId),
  await loadActor(database.client, reviewerId),
];

const occupant = await database.client.occupancy.findFirst({
  where: { workflowId, stageKey: 'internal', to: null },
});
let parentReleaseId = occupant?.releaseId ?? null;
// What the last run left open is taken back, as an operator would.
for (const { id } of await database.client.promotion.findMany({ where: { workflowId, state: 'open' } })) {
  await promotions.withdraw(member, 'run', { promotionId: id, reason: 'Its process died' });
}
process.stdout.write('open\n');

for (let number = 0; ; number += 1) {
  const { promptVersionId } = await prompts.createVersion(member, 'run', {
    ...{ promptId, format: 'text', commitMessage: 'Say it once more' },
    text: `Route this ticket, ${process.pid}-${number}: {{ticket}}`,
  });
  const { releaseId } = await releases.create(member, 'run', {
    ...{ workflowId, parentReleaseId, notes: '' },
    steps: [{ name: 'main', promptVersionId, modelConfigVersionId }],
  });
  const { digest } = await database.client.release.findUniqueOrThrow({ where: { id: releaseId } });
  for (const toStage of ['internal', 'limited']) {
    const { promotionId } = await promotions.request(member, 'run', { workflowId, releaseId, toStage });
    await reviews.review(reviewer, 'run', { promotionId, digest, verdict: 'approve' });
    const { readinessRecordId, userErrors } = await executions.execute(member, 'run', {
      promotionId,
      expectedDigest: digest,
    });
    if (!readinessRecordId) throw new Error(`Not executed: ${JSON.stringify(userErrors)}`);
    process.stdout.write(`${promotionId}\n`);
  }
  parentReleaseId = releaseId;
}
