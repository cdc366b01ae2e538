import type { BudgetsComponent, CoreComponent, OutputComponent } from '../../apps/api/src/contract.js';
import type { Person, World } from './world.js';

/** A contract of the low tier: sorts a billing ticket into a routing code. */
export const lowTierCore: CoreComponent = {
  userJob: 'Put a billing ticket into one of the routing codes that the billing desk uses',
  inputBoundary: 'Subject and text of one ticket, without attachments',
  outputBoundary: 'One routing code, or unsure',
  neverDoes: ['Answer the customer', 'Change the ticket by itself'],
  successMetrics: [
    {
      name: 'accuracy',
      description: 'Share of tickets whose code a person would have chosen',
      comparator: 'gte',
      threshold: 0.9,
      minSamples: 3,
      source: 'eval',
    },
  ],
  failureBehaviour: {
    whenUnsure: 'It says unsure and leaves the ticket in the common queue',
    action: 'abstain',
    escalationTarget: 'Billing desk',
    fallback: 'people',
  },
  pattern: 'prompt_schema',
  layers: [],
  autonomyMode: 'suggest',
  risk: {
    money: false,
    legal: false,
    customerStatus: false,
    permissions: false,
    publicStatement: false,
    crossTenantRetrieval: false,
    humanReviewsEveryOutput: true,
    reason: 'A wrong code costs one more hand-over inside the desk',
  },
  dataClasses: ['internal'],
  rollbackLevers: ['disable', 'fallback'],
};

export const routingOutput: OutputComponent = {
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['status', 'code'],
    properties: {
      status: { enum: ['routed', 'unsure'] },
      code: { type: ['string', 'null'], enum: ['B01', 'B02', null] },
    },
  },
  statusField: 'status',
  nullRules: 'The code is null exactly where the status is unsure',
};

export const budgets: BudgetsComponent = { p95LatencyMs: 2000, costPerRequestUsd: 0.01, minSamples: 30 };

export interface RegisteredWorkflow {
  id: string;
  key: string;
}

let count = 0;

/** A workflow with nothing in it yet. */
export async function registerWorkflow(
  world: World,
  team: { id: string; member: Person },
  over: { key?: string; name?: string; restricted?: boolean } = {},
): Promise<RegisteredWorkflow> {
  count += 1;
  const key = over.key ?? `workflow-${String(count)}`;
  const { workflow } = await world.mustAct<{ workflow: RegisteredWorkflow }>(
    'workflowRegister',
    'workflow { id key }',
    {
      teamId: team.id,
      key,
      name: over.name ?? `Workflow ${String(count)}`,
      restricted: over.restricted ?? false,
    },
    team.member,
  );
  return workflow;
}

export interface ContractContent {
  core?: unknown;
  output?: unknown;
  retrieval?: unknown;
  tools?: unknown;
  budgets?: unknown;
}

/** Writes the draft and publishes it. Starts from the low-tier contract unless told otherwise. */
export async function publishContract(
  world: World,
  workflowId: string,
  member: Person,
  content: ContractContent = {},
): Promise<void> {
  const { workflow } = await world.gql<{ workflow: { draft: { revision: number } } }>(
    'query ($id: ID!) { workflow(id: $id) { draft { revision } } }',
    { id: workflowId },
    { as: member },
  );
  const { draft } = await world.mustAct<{ draft: { revision: number } }>(
    'contractDraftSave',
    'draft { revision }',
    {
      workflowId,
      expectedRevision: workflow.draft.revision,
      core: lowTierCore,
      output: routingOutput,
      ...content,
    },
    member,
  );
  await world.mustAct(
    'contractPublish',
    'contract { complete }',
    { workflowId, expectedRevision: draft.revision },
    member,
  );
}

/** Says who runs the workflow. */
export async function saveOperatingRecord(
  world: World,
  workflowId: string,
  team: { key: string; member: Person },
): Promise<void> {
  const content = {
    ownerTeam: team.key,
    accountableUserId: team.member.userId,
    escalationContact: 'The on-call channel of the team',
  };
  await world.mustAct(
    'operatingRecordSave',
    'operating { version }',
    { workflowId, expectedVersion: 0, content },
    team.member,
  );
}
