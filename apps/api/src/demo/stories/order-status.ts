import { demoCategories, duties, type Story } from '../story.js';
import { gateMetricOf } from './gate-metric-of.js';

export const orderStatus: Story = {
  team: { key: 'orders', name: 'Order service', onCallContact: 'Pager: order-service' },
  workflow: {
    key: 'status',
    name: 'Answer where an order is',
    description:
      "Answers a customer's question about one order from the carrier's last three scans and the order record.",
  },
  contract: {
    core: {
      userJob: 'Tell a customer where one order is and when it is expected, as the order desk would',
      inputBoundary: "One question, the order record and the carrier's last three scans",
      outputBoundary: 'At most 80 words about this order, or a hand-over to the order desk',
      neverDoes: ['Promise a date that the carrier does not give', 'Offer compensation', 'Change the order'],
      successMetrics: [
        {
          name: 'date_accuracy',
          description: 'Share of answers whose date is the one in the last scan',
          comparator: 'gte',
          threshold: 0.95,
          minSamples: 40,
          source: 'eval',
        },
      ],
      failureBehaviour: {
        whenUnsure: 'Hands the question over to the order desk with the scans attached',
        action: 'abstain',
        escalationTarget: 'Order desk lead',
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
        reason: 'A wrong date costs a second question; the desk reads every answer before it is sent',
      },
      dataClasses: ['internal', 'customer'],
      rollbackLevers: ['disable', 'revertRelease', 'fallback'],
    },
    output: {
      schema: {
        type: 'object',
        additionalProperties: false,
        required: ['status', 'answer'],
        properties: {
          status: { enum: ['answered', 'handed_over'] },
          answer: { type: ['string', 'null'] },
        },
      },
      statusField: 'status',
      nullRules: 'The answer is null exactly where the status is handed_over',
    },
    retrieval: null,
    tools: null,
    budgets: { p95LatencyMs: 2500, costPerRequestUsd: 0.004, monthlyCostUsd: 400, minSamples: 30 },
  },
  operating: {
    escalationContact: 'Order desk lead',
    duties: duties(),
    providers: [{ provider: 'anthropic', recordUrl: 'https://wiki.example.com/vendors/anthropic' }],
    incidentRunbookUrl: 'https://wiki.example.com/orders/status-runbook',
    deactivationCriteria: 'More than one answer in twenty gives a date that no scan holds',
  },
  prompt: {
    key: 'order-status',
    name: 'Order status',
    versions: [
      {
        text: 'Answer where this order is.\n\nQuestion: {{question}}\n\nOrder: {{order}}\n\nScans: {{scans}}\n\nGive a date only where a scan gives one; else answer with the status "handed_over".',
        commitMessage: 'First version',
      },
      {
        text: 'Answer where this order is, in a friendly tone.\n\nQuestion: {{question}}\n\nOrder: {{order}}\n\nScans: {{scans}}\n\nName the day on which it will arrive.',
        commitMessage: 'Always name a day',
      },
    ],
  },
  model: {
    key: 'answering',
    name: 'Answering model',
    provider: 'anthropic',
    model: 'claude-haiku-4-5-20251001',
    parameters: { temperature: 0.1, max_tokens: 220 },
  },
  suite: {
    key: 'gate',
    name: 'Order status gate',
    definition: {
      description: 'Questions of the last quarter with what the desk answered',
      metrics: [gateMetricOf('date_accuracy', 0.95), gateMetricOf('schema_validity', 0.99, 0)],
      minCasesPerCategory: demoCategories,
      maxErrorRate: 0.02,
      dataset: 'order-questions-2026-q3',
      redteamSmoke: [],
    },
  },
};

/** A pilot of the same kind that was given up: what it did is a macro of the desk now. */
export const returnLabel: Story = {
  ...orderStatus,
  team: { key: 'returns', name: 'Returns desk', onCallContact: 'Pager: order-service' },
  workflow: {
    key: 'label',
    name: 'Explain a return label',
    description: 'Explained to a customer how to use one return label. The desk has a macro for it now.',
  },
};
