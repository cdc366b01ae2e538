import { z } from 'zod';
import { teamRoles } from '../../platform/identity/roles.js';

const idempotencyKey = z.string().min(8).max(200).nullish();
const name = z.string().trim().min(1, 'The name is missing').max(200);
const onCallContact = z.string().trim().max(300).nullish();

/** The first half of a workflow's full key, so it holds no dot. */
export const teamKey = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'Use lower-case letters, digits and dashes; start with a letter');

export const teamCreate = z.strictObject({ key: teamKey, name, onCallContact, idempotencyKey });

export const teamUpdate = z.strictObject({
  teamId: z.uuid(),
  expectedRevision: z.int().min(1),
  name,
  onCallContact,
  idempotencyKey,
});

export const teamMemberChange = z.strictObject({
  teamId: z.uuid(),
  userId: z.uuid('Choose a person'),
  role: z.enum(teamRoles),
  idempotencyKey,
});
