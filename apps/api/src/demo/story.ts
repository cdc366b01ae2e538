import type { ContractComponents } from '../modules/workflow/contract.schema.js';
import type { SuiteDefinition } from '../modules/evals/evals.schema.js';
import type { z } from 'zod';
import type { operatingRecord } from '../modules/workflow/operating.schema.js';

export interface DemoModel {
  key: string;
  name: string;
  provider: string;
  model: string;
  parameters: Record<string, unknown>;
}

/** What one workflow of the demo is made of. How it got where it is stands in its history. */
export interface Story {
  team: { key: string; name: string; onCallContact: string };
  workflow: { key: string; name: string; description: string };
  contract: ContractComponents;
  operating: Omit<z.input<typeof operatingRecord>, 'ownerTeam' | 'accountableUserId'>;
  prompt: { key: string; name: string; versions: readonly { text: string; commitMessage: string }[] };
  model: DemoModel;
  suite: { key: string; name: string; definition: SuiteDefinition };
}

/** Least number of cases per category that the demo's suites ask for. */
export const demoCategories = {
  success: 20,
  not_enough_evidence: 8,
  policy_boundary: 8,
  historical: 6,
  past_failure: 6,
  high_trust: 4,
};

export const duties = (
  extra: readonly ('sources' | 'tool_permissions')[] = [],
): NonNullable<Story['operating']['duties']> =>
  (
    [
      'eval_upkeep',
      'output_review',
      'cost',
      'feedback',
      'secrets',
      'safety_incidents',
      'change_approval',
      ...extra,
    ] as const
  ).map((kind) => ({ kind, ownerTeam: 'owner', cadenceDays: 30 }));
