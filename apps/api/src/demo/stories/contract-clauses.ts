import { demoCategories, duties, type Story } from '../story.js';
import { gateMetricOf } from './gate-metric-of.js';

export const contractClauses: Story = {
  team: { key: 'legal', name: 'Legal operations', onCallContact: 'Pager: legal-operations' },
  workflow: {
    key: 'clauses',
    name: 'Extract contract clauses',
    description:
      'Extracts clauses of a supplier contract into the schema that legal operations already uses.',
  },
  contract: {
    core: {
      userJob: 'Extract the clauses of a supplier contract into the fields of the clause register',
      inputBoundary: 'Text of one signed contract in English or German, up to 80 pages',
      outputBoundary: 'The fields of the clause register, each with page and quotation, or null',
      neverDoes: ['Judge whether a clause is acceptable', 'Change the register by itself'],
      successMetrics: [
        {
          name: 'exact_field_accuracy',
          description: 'Share of fields that equal what a lawyer extracted',
          comparator: 'gte',
          threshold: 0.95,
          minSamples: 40,
          source: 'eval',
        },
      ],
      failureBehaviour: {
        whenUnsure: 'Leaves the field null and marks it for a lawyer',
        action: 'escalate',
        escalationTarget: 'Legal operations queue',
        fallback: 'people',
      },
      pattern: 'prompt_schema',
      layers: [],
      autonomyMode: 'suggest',
      risk: {
        money: false,
        legal: true,
        customerStatus: false,
        permissions: false,
        publicStatement: false,
        crossTenantRetrieval: false,
        humanReviewsEveryOutput: true,
        reason: 'A missed notice period can bind the company for a year; a lawyer confirms every field',
      },
      dataClasses: ['internal', 'personal'],
      rollbackLevers: ['disable', 'fallback'],
    },
    output: {
      schema: {
        type: 'object',
        additionalProperties: false,
        required: ['status', 'notice_period_days', 'governing_law', 'liability_cap'],
        properties: {
          status: { enum: ['extracted', 'partial', 'unreadable'] },
          notice_period_days: { type: ['integer', 'null'] },
          governing_law: { type: ['string', 'null'] },
          liability_cap: { type: ['string', 'null'] },
        },
      },
      statusField: 'status',
      nullRules: 'Null means that the contract does not say; a field is never left out',
    },
    retrieval: null,
    tools: null,
    budgets: null,
  },
  operating: {
    escalationContact: 'Legal operations queue',
    duties: duties().slice(0, 3),
    providers: [],
  },
  prompt: {
    key: 'clauses',
    name: 'Contract clauses',
    versions: [
      {
        text: 'Extract these fields from the contract: {{fields}}.\n\nContract:\n{{contract}}\n\nQuote the passage and its page for each field. Use null where the contract does not say.',
        commitMessage: 'First version',
      },
    ],
  },
  model: {
    key: 'extracting',
    name: 'Extracting model',
    provider: 'openai',
    model: 'gpt-5.2-2026-03-01',
    parameters: { temperature: 0, max_output_tokens: 2000 },
  },
  suite: {
    key: 'gate',
    name: 'Clause gate',
    definition: {
      description: 'Contracts that two lawyers extracted independently',
      metrics: [
        gateMetricOf('exact_field_accuracy', 0.95, 0.01),
        gateMetricOf('null_handling', 0.95, 0.01),
        gateMetricOf('schema_validity', 1, 0),
      ],
      minCasesPerCategory: demoCategories,
      maxErrorRate: 0,
      dataset: 'supplier-contracts-2026-11',
      redteamSmoke: [],
    },
  },
};
