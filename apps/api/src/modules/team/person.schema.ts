import { z } from 'zod';
import { person } from '../../platform/identity/person.schema.js';
import { organisationRoles, type OrganisationRole } from '../../platform/identity/roles.js';

const idempotencyKey = z.string().min(8).max(200).nullish();

export const userCreate = z.strictObject({ ...person.shape, idempotencyKey });

export const organisationRoleChange = z.strictObject({
  userId: z.uuid('Choose a person'),
  role: z.enum(organisationRoles),
  idempotencyKey,
});

/** Roles that the work of a release waits for, and that may have a deputy. */
export const deputisedRoles: readonly OrganisationRole[] = ['risk_reviewer', 'security_reviewer'];

export const organisationRoleGrant = organisationRoleChange
  .extend({
    /** Holds the role for when its first holder is away: the same powers, named apart. */
    deputy: z.boolean().default(false),
  })
  .refine(({ role, deputy }) => !deputy || deputisedRoles.includes(role), {
    message: 'Only risk and security reviewers have deputies',
    path: ['deputy'],
  });

const userId = z.uuid('Choose a person');

export const personDisable = z.strictObject({
  userId,
  reason: z.string().trim().max(2000, 'A reason has at most 2,000 characters').nullish(),
  idempotencyKey,
});

export const personEnable = z.strictObject({ userId, idempotencyKey });

export const personResetLinkCreate = z.strictObject({
  userId,
  hours: z.int().min(1, 'At least an hour').max(24, 'At most 24 hours').nullish(),
  idempotencyKey,
});

export const personErase = z.strictObject({
  userId,
  /** Also the texts that the person wrote as reasons of acts. */
  eraseReasons: z.boolean().default(false),
  reason: z.string().trim().min(1, 'Say why').max(2000, 'A reason has at most 2,000 characters'),
  idempotencyKey,
});
