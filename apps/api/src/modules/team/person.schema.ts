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
