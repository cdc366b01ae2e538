import type { DemoRollback } from './demo-rollback.js';
import type { DemoWorkflow } from './demo-workflow.js';
import type { DemoServices } from './demo-services.js';
import { demoRequest, type DemoPeople } from './demo-team.js';
import { nightInstances } from './night-instances.js';
import type { Timeline } from './timeline.js';

const hour = 1 / 24;
const measured = { latencyMs: 1900, costUsd: 0.0031 };

/**
 * Five weeks ago every stage went back to the first release, until the next one came; a drill of the same found nobody who
 * answered, and one twelve days ago did.
 */
export function supportRollbacks(timeline: Timeline, rollback: DemoRollback, drill: DemoRollback): void {
  timeline.at(33, () =>
    rollback.revert('Drafts refuse every ticket that quotes an order confirmation', {
      ...{ expected: 14, confirmed: 14, slowestMs: 1240 },
    }),
  );
  timeline.at(33 - 0.5 * hour, () => rollback.monitor('Drafts of quoted confirmations are there again'));
  timeline.at(32, () => rollback.review('Right: one ticket in nine was refused within the hour.'));
  timeline.at(31, () => rollback.settle('The three cases are in the suite now, and the release passes them'));
  timeline.at(30, () => rollback.resolve('The marker in the prompt matched quoted mail; three cases added'));
  timeline.at(26, () => drill.drill('limited', { expected: 2, confirmed: 0, slowestMs: null }));
  timeline.at(12, () => drill.drill('limited', { expected: 14, confirmed: 14, slowestMs: 860 }));
}

/** Rolled back last night by one person; held since then, watched, and to be looked at by somebody else today. */
export function ordersHistory(
  timeline: Timeline,
  workflow: DemoWorkflow,
  rollback: DemoRollback,
  services: DemoServices,
): void {
  timeline.at(50, async () => {
    await workflow.register();
    await workflow.release('scan-dates', 'First release');
    await workflow.measure(measured);
    await workflow.attack();
  });
  timeline.at(49, () => workflow.climb('internal', 'The order desk reads every answer for a week'));
  timeline.at(40, () =>
    workflow.climb('limited', 'Nineteen in twenty answers were sent as they were', measured),
  );
  let promotion = '';
  timeline.at(20 * hour, async () => {
    await workflow.release('named-day', 'Names the day of arrival');
    await workflow.measure(measured);
    await workflow.attack();
    await workflow.confirmOperating();
    promotion = await workflow.request('limited', 'replace', 'Customers ask again where no day is named');
  });
  timeline.at(19 * hour, async () => {
    await workflow.answer('internal', promotion);
    await workflow.approve(promotion, 'The metric for dates did not fall.');
    await workflow.execute(promotion);
  });
  timeline.at(13 * hour, async () => {
    await workflow.answer('limited', promotion);
    await workflow.execute(promotion);
  });
  timeline.at(9 * hour, async () => {
    await rollback.revert('It names days of arrival that no scan holds', {
      ...{ expected: 6, confirmed: 5, slowestMs: null },
    });
    await nightInstances(services, workflow, rollback.rollbackId);
  });
  timeline.at(8.8 * hour, () =>
    rollback.trigger(
      {
        levers: [{ kind: 'fallback', to: 'people' }],
        segment: [{ attribute: 'carrier', operator: 'equals', values: ['north-parcel'] }],
        reason: 'The scans of this carrier are late tonight, with the earlier release too',
      },
      { expected: 5, confirmed: 5, slowestMs: 740 },
    ),
  );
  timeline.at(8.5 * hour, () => rollback.monitor('Ten answers read by hand: every day named is in a scan'));
}

/** Given up after a month in which nobody asked. */
export function returnsHistory(
  timeline: Timeline,
  workflow: DemoWorkflow,
  services: DemoServices,
  people: DemoPeople,
): void {
  timeline.at(115, async () => {
    await workflow.register();
    await workflow.release('how-to-print', 'First release');
    await workflow.measure(measured);
    await workflow.attack();
  });
  timeline.at(114, () => workflow.climb('internal', 'The returns desk tries it beside the macro'));
  timeline.at(70, async () => {
    const input = { workflowId: workflow.workflowId, reason: 'A macro does it; nobody asked for a month' };
    const idempotencyKey = 'demo-retire-returns';
    await services.retirement.retire(await people.as('reviewer'), demoRequest, { ...input, idempotencyKey });
  });
}
