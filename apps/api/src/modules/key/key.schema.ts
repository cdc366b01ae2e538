import { z } from 'zod';
import { keyScopes } from '../../platform/permissions/key-scopes.js';

const id = z.uuid('This is not an id');
const idempotencyKey = z.string().min(8).max(200).nullish();
const ids = z
  .array(id)
  .max(50, 'At most 50')
  .refine((given) => new Set(given).size === given.length, 'Name each once');

export const keyKinds = ['service', 'agent'] as const;
export type KeyKind = (typeof keyKinds)[number];

/** active; ending: rotated, and works until its end; expired; revoked. */
export const keyStates = ['active', 'ending', 'expired', 'revoked'] as const;
export type KeyState = (typeof keyStates)[number];

/** Days that a key may be made for, and days for which a rotated one may go on. */
export const keyLife = { most: 365, overlap: 7 } as const;

/** A moment, or a date: the end of that day, in UTC. */
const expiresAt = z.preprocess(
  (given) =>
    typeof given === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(given) ? `${given}T23:59:59.999Z` : given,
  z.iso.datetime('A date, such as 2027-01-10, or a time in UTC, such as 2027-01-10T00:00:00Z'),
);

export const keyCreate = z
  .strictObject({
    name: z.string().trim().min(1, 'Say what uses it').max(80),
    kind: z.enum(keyKinds),
    /** `production`, or another environment of the applications that use it. */
    environment: z
      .string()
      .trim()
      .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'Small letters, digits and hyphens, at most 40'),
    scopes: z
      .array(z.enum(keyScopes))
      .min(1, 'Choose what it may do')
      .refine((given) => new Set(given).size === given.length, 'Name each once')
      .refine(
        (given) => given.length === 1 || !given.includes('runtime-public'),
        'Anybody can read the key of a page: make it for pages alone',
      ),
    /** All workflows, prompts and models of these teams. */
    teamIds: ids.default([]),
    /** Single workflows besides those. */
    workflowIds: ids.default([]),
    /** At most 365 days from now. */
    expiresAt,
    idempotencyKey,
  })
  .refine(({ teamIds, workflowIds }) => teamIds.length + workflowIds.length > 0, {
    message: 'Choose at least one team or workflow',
    path: ['teamIds'],
  });

export const keyRotate = z.strictObject({
  keyId: id,
  /** Days for which the old secret goes on working. */
  overlapDays: z
    .int()
    .min(0)
    .max(keyLife.overlap, `At most ${String(keyLife.overlap)} days`)
    .default(0),
  /** Of the new key; at most 365 days from now. */
  expiresAt,
  idempotencyKey,
});

export const keyRevoke = z.strictObject({
  keyId: id,
  reason: z.string().trim().max(2000).nullish(),
  idempotencyKey,
});
