import { z } from 'zod';
import { person } from '../../platform/identity/person.schema.js';
import { organisationRoles } from '../../platform/identity/roles.js';

const idempotencyKey = z.string().min(8).max(200).nullish();

export const userCreate = z.strictObject({ ...person.shape, idempotencyKey });

export const organisationRoleChange = z.strictObject({
  userId: z.uuid('Choose a person'),
  role: z.enum(organisationRoles),
  idempotencyKey,
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
