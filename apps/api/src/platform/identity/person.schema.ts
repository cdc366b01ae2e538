import { z } from 'zod';

/** Characters. Length is what makes a password strong; which characters it has is the person's business. */
export const passwordLength = { least: 12, most: 128 } as const;

export const personName = z
  .string({ error: 'A name is needed' })
  .trim()
  .min(1, { error: 'A name is needed' })
  .max(120, { error: 'A name has at most 120 characters' });

/** Compared in lower case, as people type it in any. */
export const emailAddress = z
  .string({ error: 'An email address is needed' })
  .trim()
  .toLowerCase()
  .max(254, { error: 'An email address has at most 254 characters' })
  .pipe(z.email({ error: 'This is not an email address' }));

export const newPassword = z
  .string({ error: 'A password is needed' })
  .min(passwordLength.least, { error: `A password has at least ${passwordLength.least} characters` })
  .max(passwordLength.most, { error: `A password has at most ${passwordLength.most} characters` });

/** A new person who signs in with email and password. */
export const person = z.strictObject({ name: personName, email: emailAddress, password: newPassword });
export type Person = z.infer<typeof person>;

/** The first administrator, with the token of the one-time link. */
export const setup = z.strictObject({
  token: z.string({ error: 'The token of the link is needed' }).min(1).max(200),
  ...person.shape,
});

/** What the sign-in form sends. Lengths are bounded so that nobody makes the server hash a novel. */
export const signIn = z.strictObject({
  email: z.string({ error: 'Type your email address' }).min(1, { error: 'Type your email address' }).max(254),
  password: z
    .string({ error: 'Type your password' })
    .min(1, { error: 'Type your password' })
    .max(passwordLength.most),
  rememberMe: z.boolean().optional(),
});
