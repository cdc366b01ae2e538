import { z } from 'zod';
import { layerKinds, pattern } from '../workflow/contract.schema.js';
import { riskTiers } from '../workflow/risk.schema.js';

/** The stages that a checklist speaks of; a workflow with other stages maps them by place (see checklist.domain.ts). */
export const checklistStages = ['internal', 'limited', 'expanded', 'general'] as const;
export const checklistStage = z.enum(checklistStages);
export type ChecklistStage = z.infer<typeof checklistStage>;

export const checkAreas = [
  'workflow',
  'architecture',
  'output',
  'evals',
  'retrieval',
  'tools',
  'observability',
  'safety',
  'rollout',
  'ownership',
] as const;
export const checkArea = z.enum(checkAreas);
export type CheckArea = z.infer<typeof checkArea>;

/** What a check is about: this release, its traffic, or how the workflow is run. */
export const checkAbout = z.enum(['change', 'soak', 'standing']);
export const checkMode = z.enum(['auto', 'manual', 'hybrid', 'external']);
export type CheckMode = z.infer<typeof checkMode>;

/** What an answer can be about; it falls when the digest of one of them changes. */
export const boundParts = [
  'core',
  'output',
  'retrieval',
  'tools',
  'budgets',
  'prompts',
  'models',
  'operating.owner',
  'operating.providers',
  'evalSuite',
  'evalGrader',
] as const;
export const boundPart = z.enum(boundParts);
export type BoundPart = z.infer<typeof boundPart>;

export const evidenceKinds = ['comment', 'url', 'file', 'ticket'] as const;
export const evidenceKind = z.enum(evidenceKinds);
export type EvidenceKind = z.infer<typeof evidenceKind>;

/** When a check asks anything at all, decided from the contract and the suites alone. */
export const appliesWhen = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('always') }),
  z.strictObject({ kind: z.literal('layer'), layer: z.enum(layerKinds) }),
  z.strictObject({ kind: z.literal('pattern'), pattern }),
  z.strictObject({ kind: z.literal('modelGradedMetric') }),
]);

export const answeringRoles = ['member', 'reviewer', 'risk_reviewer', 'security_reviewer'] as const;
export const answeringRole = z.enum(answeringRoles);
export type AnsweringRole = z.infer<typeof answeringRole>;

const codes = z.array(z.string().min(1));
const sentence = z.string().min(1);

export const check = z
  .strictObject({
    id: z.string().regex(/^[A-Z]{2,3}-[0-9]+$/),
    area: checkArea,
    text: sentence,
    about: checkAbout,
    /** By tier, the stage whose entry asks for it first. */
    requiredFrom: z.record(z.enum(riskTiers), checklistStage),
    appliesWhen,
    mode: checkMode,
    /** The rule. `signal`: it only supports the person who answers. `reviews`: it reads what a person decided. */
    auto: z
      .strictObject({
        role: z.enum(['decides', 'signal']),
        source: z.enum(['registry', 'reviews']),
        reads: z.array(sentence).min(1),
        passWhen: sentence,
      })
      .nullable(),
    /** What this version of the product cannot compute yet, and a person answers meanwhile: all of it or the rest. */
    interim: z.strictObject({ covers: z.enum(['all', 'rest']), missing: sentence }).nullable(),
    manualInterim: z.boolean(),
    evidence: z.strictObject({ description: sentence, kinds: z.array(evidenceKind).min(1) }).nullable(),
    /** For a workflow's first release a ticket with a due date is enough to enter this stage. */
    firstRelease: z.strictObject({ stage: checklistStage, evidence: z.literal('ticket') }).nullable(),
    /** Tiers at which the rule alone decides. */
    byTier: z.partialRecord(z.enum(riskTiers), z.literal('auto')),
    freshness: z.strictObject({
      maxAgeDays: z.int().positive().nullable(),
      invalidatedBy: z.array(boundPart),
    }),
    waiver: z.strictObject({ allowed: z.boolean(), maxDays: z.int().min(0) }),
    answeredBy: answeringRole,
    organisationAnswer: z.boolean(),
    mappings: z.strictObject({
      owaspLlm2025: codes,
      nistAiRmf: codes,
      nistAi600_1: codes,
      iso42001AnnexA: codes,
      euAiAct: codes,
    }),
    mappingRationale: sentence,
  })
  .refine((c) => c.manualInterim === (c.interim !== null), 'manualInterim says whether interim is there')
  .refine((c) => c.waiver.allowed === c.waiver.maxDays > 0, 'a check that can be waived says for how long')
  .refine((c) => (c.mode === 'auto' ? c.auto?.role === 'decides' : true), 'an automatic check has a rule')
  .refine(
    (c) => (c.mode === 'auto' && !c.interim) || c.mode === 'external' || c.evidence !== null,
    'a person answers with evidence',
  );
export type Check = z.infer<typeof check>;

const unique = (ids: readonly string[]) => new Set(ids).size === ids.length;

/** One published version. Its RFC 8785 text is what is stored and digested. */
export const checklist = z.strictObject({
  format: z.literal('holdpoint/checklist@1'),
  version: z.int().positive(),
  date: z.iso.date(),
  stages: z.tuple([z.literal('internal'), z.literal('limited'), z.literal('expanded'), z.literal('general')]),
  areas: z
    .array(z.strictObject({ id: checkArea, title: sentence, question: sentence }))
    .refine((all) => unique(all.map((area) => area.id))),
  disclaimer: sentence,
  /** In the order of the areas. */
  checks: z
    .array(check)
    .min(1)
    .refine((all) => unique(all.map((one) => one.id)), 'a check is named twice'),
});
export type Checklist = z.infer<typeof checklist>;
