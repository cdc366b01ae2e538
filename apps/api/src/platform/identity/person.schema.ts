import { z } from 'zod';

/** Characters (code points, normalised). NIST SP 800-63B: at least 15 where the password is the only factor. */
export const passwordLength = { least: 15, most: 128 } as const;

/** Code points, each of which counts as one character. */
export function characterCount(text: string): number {
  return Array.from(text).length;
}

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

/** What the server also refuses, such as passwords that are tried first, is in password.domain.ts. */
export const newPassword = z
  .string({ error: 'A password is needed' })
  .max(passwordLength.most * 8, {
    error: `A password has at most ${passwordLength.most} characters`,
    abort: true,
  })
  .transform((text) => text.normalize('NFKC'))
  .refine((text) => characterCount(text) >= passwordLength.least, {
    error: `A password has at least ${passwordLength.least} characters`,
  })
  .refine((text) => characterCount(text) <= passwordLength.most, {
    error: `A password has at most ${passwordLength.most} characters`,
  });

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
    .max(passwordLength.most * 4)
    .transform((text) => text.normalize('NFKC')),
  rememberMe: z.boolean().optional(),
});

/** A new password by an administrator's link, whose token comes after the `#` of its address. */
export const passwordReset = z.strictObject({
  token: z.string({ error: 'The token of the link is needed' }).min(1).max(200),
  password: newPassword,
});

/** A new password of one's own. */
export const passwordChange = z.strictObject({
  currentPassword: z
    .string({ error: 'Type the password you have now' })
    .min(1, { error: 'Type the password you have now' })
    .max(passwordLength.most * 4),
  newPassword,
});
