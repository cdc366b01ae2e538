import type { DemoIncident } from './demo-incident.js';
import type { DemoWorkflow } from './demo-workflow.js';
import type { Timeline } from './timeline.js';

const hour = 1 / 24;

/** Live in every stage, on its third release: one climb, a replacement that was rolled back, and the one after it. */
export function supportHistory(timeline: Timeline, workflow: DemoWorkflow): void {
  timeline.at(98, async () => {
    await workflow.register();
    await workflow.release('first-drafts', 'First release');
    await workflow.measure({ latencyMs: 3600, costUsd: 0.014 });
    await workflow.attack();
  });
  timeline.at(97, () => workflow.climb('internal', 'Try it with our own agents first'));
  timeline.at(90, () =>
    workflow.climb('limited', 'Agents keep the drafts; open it to early-access customers', {
      latencyMs: 3500,
      costUsd: 0.014,
    }),
  );
  timeline.at(84, () =>
    workflow.climb('expanded', 'Seven in ten drafts are sent with minor edits', {
      latencyMs: 3450,
      costUsd: 0.0135,
    }),
  );
  timeline.at(78, () =>
    workflow.openToPages('general', 'The help centre shows on its page whether drafts are on'),
  );
  timeline.at(74, () =>
    workflow.climb('general', 'Quality and cost are stable in a quarter of the traffic', {
      latencyMs: 3400,
      costUsd: 0.0135,
    }),
  );
  replacement(timeline, workflow, 42, {
    alias: 'ticket-is-data',
    notes: 'Marks the ticket as data after a ticket told the model what to write',
    note: 'An injected instruction got through in a sampled draft',
  });
  replacement(timeline, workflow, 9, {
    alias: 'shorter-drafts',
    notes: 'At most 150 words; the marker no longer takes quoted mail for an instruction',
    followsFirst: true,
    note: 'Agents cut the long drafts; edit distance falls by a third in the evals',
  });
}

/**
 * Live for early-access customers, and since this morning, past two incomplete gates, for a quarter of the traffic; the
 * next release always chooses a code, and its evals say what that costs.
 */
export function billingHistory(timeline: Timeline, workflow: DemoWorkflow, incident: DemoIncident): void {
  timeline.at(61, async () => {
    await workflow.register();
    await workflow.release('twelve-codes', 'First release');
    await workflow.measure({ latencyMs: 1200, costUsd: 0.0012 });
    await workflow.attack();
  });
  timeline.at(60, () => workflow.climb('internal', 'The billing desk routes beside it for two weeks'));
  timeline.at(45, () =>
    workflow.climb('limited', 'Nineteen in twenty codes were kept', { latencyMs: 1210, costUsd: 0.0012 }),
  );
  timeline.at(16 * hour, async () => {
    await workflow.measure({ latencyMs: 1220, costUsd: 0.0012 });
    await workflow.confirmOperating();
    await incident.open('The common queue overflows: two shifts of the billing desk are out');
    await incident.grant('Tickets wait for nine hours; the desk cannot wait for the weekly cost report');
  });
  timeline.at(15 * hour, () =>
    incident.breakGlass('expanded', ['WF-5', 'OB-6'], {
      note: 'A quarter of the tickets routed would empty the common queue by tonight',
      reason: 'The release is the one of the last six weeks; only the weekly reports are missing',
    }),
  );
  timeline.at(6 * hour, async () => {
    await workflow.release('always-a-code', 'Never unsure: the common queue is to be closed');
    await workflow.measure({
      means: { code_accuracy: 0.89, unsure_accuracy: 0.4 },
      latencyMs: 1250,
      costUsd: 0.0013,
    });
    await workflow.request('limited', 'replace', 'The common queue is to be closed at the end of the month');
  });
}

/**
 * Used internally, where it came three weeks ago past two incomplete gates, for an incident that is over; everything for
 * the first customers is there but a second person's review.
 */
export function renewalHistory(timeline: Timeline, workflow: DemoWorkflow, incident: DemoIncident): void {
  timeline.at(24, async () => {
    await workflow.register();
    await workflow.release('quoted-fields', 'First release');
    await workflow.measure({ latencyMs: 9000, costUsd: 0.09 });
    await workflow.attack();
  });
  timeline.at(22, async () => {
    await workflow.confirmOperating();
    await incident.open('Renewal templates are unreachable; three renewals are due today');
    await incident.grant('The templates are down and three account owners have calls today');
  });
  timeline.at(22 - hour, () =>
    incident.breakGlass('internal', ['SF-1', 'SF-2'], {
      note: 'Three account owners try it on their own calls',
      reason: 'The three owners read every summary against their own call; the two records follow tomorrow',
    }),
  );
  timeline.at(21.8, () => incident.monitor('The three owners report after each call'));
  timeline.at(21.5, () =>
    incident.review(
      'Three named persons, each reading every output; the missing records came the next morning.',
    ),
  );
  timeline.at(20, () =>
    incident.resolve('The template service was moved; the templates are reachable again'),
  );
  timeline.at(5 * hour, async () => {
    await workflow.measure({ latencyMs: 8800, costUsd: 0.088 });
    await workflow.confirmOperating();
    const promotion = await workflow.request(
      'limited',
      'climb',
      'Account owners confirm nine fields in ten as they are',
    );
    await workflow.answer('limited', promotion);
  });
}

/** Registered yesterday: a contract, a first release, and nothing measured yet. */
export function clausesHistory(timeline: Timeline, workflow: DemoWorkflow): void {
  timeline.at(1, async () => {
    await workflow.register();
    await workflow.release('register-fields', 'First candidate');
  });
}

interface Replacement {
  alias: string;
  notes: string;
  note: string;
  /** A rollback took every stage back to the first release before. */
  followsFirst?: boolean;
}

/** A release that differs in its prompt only follows its parent stage by stage within a day. */
function replacement(timeline: Timeline, workflow: DemoWorkflow, day: number, words: Replacement): void {
  let promotion = '';
  timeline.at(day, async () => {
    await workflow.release(words.alias, words.notes, words.followsFirst ? workflow.first : undefined);
    await workflow.measure({ latencyMs: 3400, costUsd: 0.013 });
    await workflow.attack();
    promotion = await workflow.request('general', 'replace', words.note);
  });
  timeline.at(day - 2 * hour, async () => {
    await workflow.answer('internal', promotion);
    await workflow.approve(promotion, 'The diff is the one the incident asked for; no metric fell.');
    await workflow.execute(promotion);
  });
  for (const [hours, stage] of [
    [4, 'limited'],
    [8, 'expanded'],
    [14, 'general'],
  ] as const) {
    timeline.at(day - hours * hour, async () => {
      await workflow.answer(stage, promotion);
      await workflow.execute(promotion);
    });
  }
}
