import { demoInstancesKey } from './demo-instances.js';
import type { DemoServices } from './demo-services.js';
import { demoRequest, type DemoPeople } from './demo-team.js';
import type { DemoWorkflow } from './demo-workflow.js';
import { dayMs, type Timeline } from './timeline.js';

/** CI of the first workflow's team, rotated once, an agent that reads the second workflow, and the key of the simulated instances. Nobody learns the secrets. */
export function demoKeys(
  timeline: Timeline,
  services: DemoServices,
  people: DemoPeople,
  [support, billing, orders]: readonly [DemoWorkflow, DemoWorkflow, DemoWorkflow],
): void {
  let firstCi = '';
  const until = (days: number) => new Date(services.clock.now().getTime() + days * dayMs).toISOString();
  timeline.at(60, async () => {
    const { keyId } = await services.keys.create(await people.as('reviewer'), demoRequest, {
      ...{ name: 'CI of the support repository', kind: 'service', environment: 'production' },
      ...{ scopes: ['ci'], teamIds: [support.owner], expiresAt: until(90) },
    });
    firstCi = keyId;
    await lastUsed(services, keyId);
  });
  timeline.at(30, async () => {
    await services.keys.create(await people.as('administrator'), demoRequest, {
      ...{ name: 'Triage agent', kind: 'agent', environment: 'production' },
      ...{ scopes: ['read'], workflowIds: [billing.workflowId], expiresAt: until(120) },
    });
  });
  timeline.at(20, async () => {
    await services.keys.create(await people.as('administrator'), demoRequest, {
      ...{ name: demoInstancesKey, kind: 'service', environment: 'production', scopes: ['runtime'] },
      ...{ teamIds: [support.owner, billing.owner, orders.owner], expiresAt: until(300) },
    });
  });
  timeline.at(2, async () => {
    const rotated = { keyId: firstCi, overlapDays: 7, expiresAt: until(180) };
    const { keyId } = await services.keys.rotate(await people.as('reviewer'), demoRequest, rotated);
    await lastUsed(services, keyId);
  });
}

/** An observation, not an act: as if it had been used once on that day. */
async function lastUsed({ database, clock }: DemoServices, id: string): Promise<void> {
  await database.client.apiKey.update({ where: { id }, data: { lastUsedAt: clock.now() } });
}
