import { z } from 'zod';
import { organisationRoles } from '../../platform/identity/roles.js';

const idempotencyKey = z.string().min(8).max(200).nullish();

/** A password is long rather than odd: 12 to 128 characters, no further rules. */
export const password = z
  .string()
  .min(12, 'Use at least 12 characters')
  .max(128, 'Use at most 128 characters');

export const userCreate = z.strictObject({
  name: z.string().trim().min(1, 'The name is missing').max(200),
  email: z.string().trim().toLowerCase().max(320).pipe(z.email('This is not an e-mail address')),
  password,
  idempotencyKey,
});

export const organisationRoleChange = z.strictObject({
  userId: z.uuid('Choose a person'),
  role: z.enum(organisationRoles),
  idempotencyKey,
});
