import { runAggregates, suiteDefinition } from '../../apps/api/src/modules/evals/evals.schema.js';
import type {
  Facts,
  RunFact,
  StageFact,
  SuiteFact,
} from '../../apps/api/src/modules/readiness/readiness.facts.js';
import { defaultDefinitions } from '../../apps/api/src/modules/stage/stage-defaults.domain.js';
import type { CoreComponent } from '../../apps/api/src/modules/workflow/contract.schema.js';
import { dutyKinds } from '../../apps/api/src/modules/workflow/operating.schema.js';

export const now = new Date('2026-11-23T12:00:00.000Z');
export const daysAgo = (days: number, from = now) => new Date(from.getTime() - days * 86_400_000);
const created = daysAgo(10);
const digest = (name: string) => `sha256:${name.padEnd(64, '0')}`;

export const core: CoreComponent = {
  userJob: 'Turn a support ticket and approved articles into a draft reply',
  inputBoundary: 'Ticket text and the latest approved article',
  outputBoundary: 'A draft with cited articles',
  neverDoes: ['send the reply'],
  successMetrics: [
    {
      name: 'groundedness',
      description: 'claims supported by an article',
      comparator: 'gte',
      threshold: 0.9,
      minSamples: 10,
      source: 'eval',
    },
  ],
  failureBehaviour: {
    whenUnsure: 'Says that no article supports an answer',
    action: 'escalate',
    escalationTarget: 'Support desk',
    fallback: 'templates',
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
    reason: 'A person edits every draft before it is sent',
  },
  dataClasses: ['internal'],
  rollbackLevers: ['disable', 'fallback'],
};

export const outputSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['status', 'reply'],
  properties: { status: { enum: ['answerable', 'escalate'] }, reply: { type: ['string', 'null'] } },
};

const component = <T>(kind: string, content: T) => ({
  id: kind,
  number: 1,
  digest: digest(kind),
  createdAt: created,
  content,
});

export const stageAt = (key: string, over: Partial<StageFact> = {}): StageFact => {
  const all = defaultDefinitions('support.reply');
  const position = all.findIndex((stage) => stage.key === key);
  const found = all[position];
  if (!found) throw new Error(`No stage ${key}`);
  return {
    key,
    position,
    revisionId: `revision-${key}`,
    revision: 1,
    definition: found.definition,
    occupantId: null,
    intervals: [],
    ...over,
  };
};

export const run = (over: Partial<RunFact> = {}): RunFact => ({
  ...{ id: 'run-1', label: 'nightly', kind: 'regular', status: 'completed', createdAt: daysAgo(1) },
  ...{ cases: 20, passed: 20, failed: 0, errored: 0, skipped: 0, costUsd: 0.02 },
  aggregates: runAggregates.parse({
    metrics: { groundedness: { sum: 19, count: 20 }, schema_validity: { sum: 20, count: 20 } },
    categories: { success: { cases: 20, passed: 20, failed: 0, errored: 0, skipped: 0 } },
    expectedStatuses: { answerable: 15, escalate: 5 },
    failingSeverities: {},
    plugins: [],
    latencyP95Ms: 900,
    latencySamples: 40,
  }),
  ...over,
});

export const suite = (over: Partial<SuiteFact> = {}): SuiteFact => ({
  ...{ key: 'main', version: 1, digest: digest('suite'), graderDigest: digest('grader'), redteamOnly: false },
  definition: suiteDefinition.parse({
    metrics: [
      { name: 'groundedness', threshold: 0.9, minSamples: 10, tolerance: 0.02 },
      { name: 'schema_validity', threshold: 1 },
    ],
    minCasesPerCategory: { success: 10 },
  }),
  runs: [run()],
  baseline: null,
  ...over,
});

const stages = ['internal', 'limited', 'expanded', 'general'].map((key) => stageAt(key));

/** A low-tier workflow whose first release has everything that `internal` asks for, except a review. */
export function facts(over: Partial<Facts> = {}): Facts {
  const internal = stages[0];
  if (!internal) throw new Error('There is no first stage');
  const digests = {
    core: digest('core'),
    output: digest('output'),
    retrieval: 'none',
    tools: 'none',
    budgets: digest('budgets'),
    prompts: digest('prompts'),
    models: digest('models'),
  };
  return {
    ...{ evaluatedAt: now, workflowId: 'workflow', tier: 'low', tierReasons: [] },
    release: {
      ...{
        id: 'release-1',
        number: 1,
        alias: 'r1',
        digest: digest('release'),
        evalDigest: digest('eval'),
        parentId: null,
        createdAt: created,
      },
      ...{ responsibleIds: ['author'], digests },
    },
    core: component('core', core),
    output: component('output', {
      schema: outputSchema,
      statusField: 'status',
      nullRules: 'reply is null where it escalates',
    }),
    ...{ retrieval: null, tools: null },
    budgets: component('budgets', {
      p95LatencyMs: 2000,
      costPerRequestUsd: 0.01,
      costPerSuccessUsd: 0.02,
      minSamples: 30,
    }),
    steps: [
      {
        ...{
          name: 'main',
          prompt: 'reply',
          promptVersion: 1,
          promptDigest: digest('prompt'),
          secretFindings: [],
          provider: 'example',
        },
        ...{
          model: 'model-2026-08-01',
          modelDigest: digest('model'),
          isAlias: false,
          aliasAcceptedReason: null,
        },
      },
    ],
    operating: {
      ...{
        version: 1,
        createdAt: created,
        ownerDigest: digest('owner'),
        providersDigest: digest('providers'),
      },
      ...{ ownerTeamHasMember: true, accountableIsActive: true },
      content: {
        ...{
          ownerTeam: 'support',
          accountableUserId: 'accountable',
          escalationContact: '#support',
          providers: [],
        },
        duties: dutyKinds.map((kind) => ({
          kind,
          ownerTeam: 'support',
          cadenceDays: 30,
          lastDoneAt: created.toISOString(),
        })),
      },
    },
    suites: [suite()],
    ...{ stages, stage: internal, previous: null, baseline: null, rollbackTarget: null, firstRelease: true },
    ...{ holds: [], quarantined: false, drill: null },
    promotion: {
      id: 'promotion',
      kind: 'climb',
      requesterIds: ['requester'],
      reviews: [],
      authorIds: ['author'],
    },
    ...{ soakParents: [], lineage: [], answers: [], organisationAnswers: [], waivers: [] },
    ...over,
  };
}
