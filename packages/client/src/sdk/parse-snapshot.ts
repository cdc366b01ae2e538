import { z } from 'zod';
import { autonomyModes, toolEffects, type Snapshot } from '../decide/snapshot.js';

/**
 * What arrives over the network or from a disk is believed only in this shape. Fields that a newer server adds are kept;
 * a lever or an operator that this client does not know makes it refuse the snapshot, and say so, rather than ignore it.
 */
const whole = z.int().min(0);
const name = z.string().max(300);
const rule = z.object({
  attribute: name,
  operator: z.enum(['in', 'not_in', 'equals', 'starts_with', 'ends_with']),
  values: z.array(z.string()),
});
const fallback = z.enum(['search', 'templates', 'people']);
const mode = z.enum(autonomyModes);
const effect = z.enum(toolEffects);
const keys = z.array(name).nullable();

const stage = z.looseObject({
  key: name,
  rules: z.array(rule),
  percentage: z.number(),
  bucketBy: z.enum(['user', 'tenant', 'conversation']),
  releaseId: name.nullable(),
  cap: z.object({ autonomyMode: mode, toolEffect: effect }),
});
const lever = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('disable') }),
  z.object({ kind: z.literal('fallback'), to: fallback }),
  z.object({ kind: z.literal('disableTool'), tool: name }),
  z.object({ kind: z.literal('serve'), releaseId: name }),
]);
const overlay = z.looseObject({
  id: name,
  stages: keys,
  segment: z.array(rule),
  levers: z.array(lever),
  from: z.number(),
  to: z.number().nullable(),
});
const message = z.object({ role: z.string(), content: z.string() });
const step = z.looseObject({
  name,
  prompt: z.looseObject({
    ...{ name, version: whole, digest: name, format: z.enum(['text', 'chat']) },
    template: z.union([z.string(), z.array(message)]),
    variables: z.array(z.string()),
  }),
  model: z.looseObject({
    ...{ name, version: whole, provider: z.string(), model: z.string(), digest: name },
    parameters: z.record(z.string(), z.unknown()),
  }),
});
const release = z.looseObject({
  ...{ id: name, digest: name, alias: name, number: whole },
  quarantines: z.array(z.object({ stages: keys, segment: z.array(rule) })),
  autonomyMode: mode,
  tools: z.array(z.object({ name, effect })),
  steps: z.array(step),
  limits: z.record(z.string(), z.unknown()).nullable(),
  budgets: z.record(z.string(), z.unknown()).nullable(),
  outputSchema: z.record(z.string(), z.unknown()),
});
const snapshot = z.looseObject({
  ...{ workflowId: name, key: name, environment: name },
  version: z.object({ incarnation: whole, epoch: whole }),
  stages: z.array(stage),
  overlays: z.array(overlay),
  releases: z.record(z.string(), release),
  failure: z.looseObject({
    action: z.enum(['ask', 'abstain', 'fallback', 'escalate']),
    fallback: fallback.nullable(),
  }),
});

/** @param workflow that it must be of. @throws Error that says what is wrong with it */
export function parseSnapshot(text: string, workflow: string): Snapshot {
  const parsed = snapshot.safeParse(JSON.parse(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a snapshot'}`);
  }
  if (parsed.data.key !== workflow) throw new Error(`it is of ${parsed.data.key}`);
  // Handed to the application: what it changes there must not change what the next request gets.
  return deepFreeze(parsed.data as unknown as Snapshot);
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}
