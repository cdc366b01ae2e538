import { z } from 'zod';

export const riskTiers = ['low', 'medium', 'high'] as const;
export const riskTier = z.enum(riskTiers);
export type RiskTier = z.infer<typeof riskTier>;

/** What the model may do by itself, least first. A stage caps it. */
export const autonomyModes = ['read_only', 'suggest', 'act_with_approval', 'autonomous'] as const;
export const autonomyMode = z.enum(autonomyModes);
export type AutonomyMode = z.infer<typeof autonomyMode>;

/** What a tool does to the world, least first. A stage caps it. */
export const toolEffects = ['read', 'write', 'irreversible'] as const;
export const toolEffect = z.enum(toolEffects);
export type ToolEffect = z.infer<typeof toolEffect>;

export const dataClasses = ['public', 'internal', 'customer', 'personal', 'sensitive'] as const;
export const dataClass = z.enum(dataClasses);
export type DataClass = z.infer<typeof dataClass>;

/** Answers from which the tier is computed (see risk.domain.ts). Every one must be given: no silent "no". */
export const riskAnswers = z.strictObject({
  money: z.boolean().describe('Can a wrong output move money or change a price?'),
  legal: z.boolean().describe('Can a wrong output make a legal commitment?'),
  customerStatus: z.boolean().describe('Can a wrong output change the status of a customer?'),
  permissions: z.boolean().describe('Can a wrong output change who may do what?'),
  publicStatement: z.boolean().describe('Does the output reach the public without a person in between?'),
  crossTenantRetrieval: z.boolean().describe('Can retrieval reach the data of more than one tenant?'),
  humanReviewsEveryOutput: z.boolean().describe('Does a person look at every output before it takes effect?'),
  reason: z.string().trim().min(1, 'Say in a sentence why these answers hold').max(2000),
});
