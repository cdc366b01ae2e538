import { randomUUID } from 'node:crypto';
import { demoInstancesKey } from './demo-instances.js';
import type { DemoServices } from './demo-services.js';
import type { DemoWorkflow } from './demo-workflow.js';

const application = 'Order desk (demo)';
const count = 6;
const levers = ['disable', 'fallback', 'disableTool', 'revertRelease', 'revertPrompt', 'pinModel'];

/**
 * Observations, not acts: six instances that ran when this rollback was applied. Five followed and were stopped by the
 * morning's deployment; one kept the release that was left, and has been silent since.
 */
export async function nightInstances(
  { database, clock }: DemoServices,
  workflow: DemoWorkflow,
  rollbackId: string,
): Promise<void> {
  const { apiKey, rollback, instance, acknowledgement, driftFinding } = database.client;
  const { id: keyId } = await apiKey.findFirstOrThrow({ where: { name: demoInstancesKey } });
  const { incarnation, epoch } = await rollback.findUniqueOrThrow({ where: { id: rollbackId } });
  const { workflowId, digest } = workflow;
  const applied = clock.now().getTime();
  const after = (ms: number) => new Date(applied + ms);
  for (let index = 0; index < count; index += 1) {
    const isBehind = index === count - 1;
    const instanceId = `orders-worker-${String(index + 1)}`;
    const seenAt = after(isBehind ? 4 * 60_000 : 3 * 3_600_000);
    const stages = ['internal', 'limited'].map((stage) => ({
      stage,
      release: digest,
      prompts: {},
      models: {},
    }));
    const started = after(-5 * 3_600_000);
    await instance.create({
      data: {
        ...{ workflowId, instanceId, keyId, application, environment: 'production', via: 'sdk', levers },
        ...{ sdk: 'holdpoint/0.1.0', startedAt: started, firstSeenAt: started, sentAt: seenAt, seenAt },
        ...{ incarnation, epoch: isBehind ? epoch - 1 : epoch, serves: isBehind ? stages : [] },
        ...{ servesSince: isBehind ? started : after(180 + index * 95), stoppedAt: isBehind ? null : seenAt },
      },
    });
    if (!isBehind)
      await acknowledgement.create({
        data: { workflowId, incarnation, epoch, instanceId, via: 'sdk', levers, at: after(180 + index * 95) },
      });
    else
      await driftFinding.create({
        data: {
          ...{
            id: randomUUID(),
            workflowId,
            instanceId,
            kind: 'release',
            reported: digest,
            incarnation,
            epoch,
          },
          ...{ firstAt: after(45_000), lastAt: seenAt, times: 20 },
        },
      });
  }
}
