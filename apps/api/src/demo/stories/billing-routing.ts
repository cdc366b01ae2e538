import { demoCategories, duties, type Story } from '../story.js';
import { gateMetricOf } from './gate-metric-of.js';

const codes = [
  'refund_request',
  'duplicate_charge',
  'card_declined',
  'invoice_copy',
  'tax_question',
  'plan_change',
  'cancellation',
  'discount_question',
  'payment_terms',
  'chargeback',
  'usage_dispute',
  'account_access',
];

export const billingRouting: Story = {
  team: { key: 'billing', name: 'Billing operations', onCallContact: 'Pager: billing-operations' },
  workflow: {
    key: 'routing',
    name: 'Route a billing ticket',
    description:
      'Classifies a billing ticket into one of the 12 routing codes that the billing desk works with.',
  },
  contract: {
    core: {
      userJob: 'Put a billing ticket into one of the 12 routing codes that the billing desk already uses',
      inputBoundary: 'Subject and text of one ticket, without attachments or customer records',
      outputBoundary: 'One of the 12 codes, or unsure; nothing else',
      neverDoes: ['Answer the customer', 'Issue a refund', 'Close the ticket'],
      successMetrics: [
        {
          name: 'code_accuracy',
          description: 'Share of tickets that get the code a billing specialist gave them',
          comparator: 'gte',
          threshold: 0.92,
          minSamples: 40,
          source: 'eval',
        },
      ],
      failureBehaviour: {
        whenUnsure: 'Says unsure, and the ticket stays in the common queue as it did before',
        action: 'abstain',
        escalationTarget: 'Billing desk lead',
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
        reason: 'A wrong code costs one more hand-over between two desks; nothing happens to the customer',
      },
      dataClasses: ['internal', 'customer'],
      rollbackLevers: ['disable', 'revertRelease', 'fallback'],
    },
    output: {
      schema: {
        type: 'object',
        additionalProperties: false,
        required: ['status', 'code', 'confidence_reason'],
        properties: {
          status: { enum: ['routed', 'unsure'] },
          code: { enum: [...codes, null] },
          confidence_reason: { type: 'string' },
        },
      },
      statusField: 'status',
      nullRules: 'The code is null exactly where the status is unsure',
    },
    retrieval: null,
    tools: null,
    budgets: { p95LatencyMs: 1500, costPerRequestUsd: 0.002, monthlyCostUsd: 300, minSamples: 30 },
  },
  operating: {
    escalationContact: 'Billing desk lead',
    duties: duties(),
    providers: [{ provider: 'anthropic', recordUrl: 'https://wiki.example.com/vendors/anthropic' }],
    incidentRunbookUrl: 'https://wiki.example.com/billing/routing-runbook',
    deactivationCriteria: 'More than one ticket in five is re-routed by hand in an hour',
  },
  prompt: {
    key: 'routing',
    name: 'Billing routing',
    versions: [
      {
        text: 'Choose the routing code for this billing ticket.\n\nSubject: {{subject}}\n\n{{body}}\n\nCodes: {{codes}}\n\nIf no code fits, answer with the status "unsure".',
        commitMessage: 'First version',
      },
      {
        text: 'Choose the routing code for this billing ticket. Think about what the customer wants done, not about the words used.\n\nSubject: {{subject}}\n\n{{body}}\n\nCodes: {{codes}}\n\nChoose the closest code.',
        commitMessage: 'Always choose a code',
      },
    ],
  },
  model: {
    key: 'classifying',
    name: 'Classifying model',
    provider: 'anthropic',
    model: 'claude-haiku-4-5-20251001',
    parameters: { temperature: 0, max_tokens: 120 },
  },
  suite: {
    key: 'gate',
    name: 'Routing gate',
    definition: {
      description: 'Tickets of the last quarter with the code a specialist gave them',
      metrics: [
        gateMetricOf('code_accuracy', 0.92),
        gateMetricOf('schema_validity', 0.99, 0),
        gateMetricOf('unsure_accuracy', 0.85, 0.05),
      ],
      minCasesPerCategory: demoCategories,
      maxErrorRate: 0.02,
      dataset: 'billing-tickets-2026-q3',
      redteamSmoke: [],
    },
  },
};
