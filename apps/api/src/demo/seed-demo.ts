import type { INestApplication } from '@nestjs/common';
import { organisationAnswers } from './answers.js';
import { DemoIncident } from './demo-incident.js';
import { demoKeys } from './demo-keys.js';
import { DemoRollback } from './demo-rollback.js';
import { demoServices, type DemoServices } from './demo-services.js';
import { DemoPeople, demoRequest } from './demo-team.js';
import { DemoWorkflow } from './demo-workflow.js';
import { billingHistory, clausesHistory, renewalHistory, supportHistory } from './histories.js';
import { ordersHistory, returnsHistory, supportRollbacks } from './histories-rollback.js';
import { billingRouting } from './stories/billing-routing.js';
import { contractClauses } from './stories/contract-clauses.js';
import { orderStatus, returnLabel } from './stories/order-status.js';
import { renewalSummary } from './stories/renewal-summary.js';
import { supportReply } from './stories/support-reply.js';
import { dayMs, Timeline } from './timeline.js';

/**
 * Fills an empty database with six workflows and their histories, through the same services as everybody else.
 * The application must not have been initialised: what it does first, such as publishing the checklist, belongs
 * before the history, because the time of a ledger chain never runs backwards.
 * @returns false where somebody is there already: then nothing is done.
 */
export async function seedDemo(app: INestApplication): Promise<boolean> {
  const services = demoServices(app);
  if (await services.database.client.user.findFirst({ select: { id: true } })) return false;
  services.clock.shift(-140 * dayMs);
  await app.init();
  const people = new DemoPeople(services);
  const timeline = new Timeline();
  const rollbackOf = (workflow: DemoWorkflow) => new DemoRollback(services, people, workflow);
  timeline.at(130, () => people.arrive());
  timeline.at(120, () => answerForOrganisation(services, people));
  const support = new DemoWorkflow(services, people, supportReply);
  supportHistory(timeline, support);
  const billing = new DemoWorkflow(services, people, billingRouting);
  billingHistory(timeline, billing, new DemoIncident(services, people, billing));
  const renewals = new DemoWorkflow(services, people, renewalSummary);
  renewalHistory(timeline, renewals, new DemoIncident(services, people, renewals));
  clausesHistory(timeline, new DemoWorkflow(services, people, contractClauses));
  supportRollbacks(timeline, rollbackOf(support), rollbackOf(support));
  const orders = new DemoWorkflow(services, people, orderStatus);
  ordersHistory(timeline, orders, rollbackOf(orders), services);
  returnsHistory(timeline, new DemoWorkflow(services, people, returnLabel), services, people);
  demoKeys(timeline, services, people, [support, billing, orders]);
  timeline.at(5, async () => {
    const pin = { workflowId: support.workflowId, environment: 'staging', releaseId: support.earlier.id };
    await services.pins.pin(await people.as('author'), demoRequest, pin);
  });
  await timeline.play(services.clock);
  return true;
}

async function answerForOrganisation({ answers }: DemoServices, people: DemoPeople): Promise<void> {
  for (const { checkId, by, path } of organisationAnswers) {
    const evidence = [{ kind: 'url', value: `https://wiki.example.com/${path}` }];
    const comment = 'Holds for every workflow of the organisation.';
    await answers.give(await people.as(by), demoRequest, { checkId, answer: 'yes', comment, evidence });
  }
}
