/**
 * Why a sign-in through the identity provider came to nothing, in words for the person. The sign-in page gets the
 * code in its address.
 */
export const oidcProblems = {
  cancelled: 'The identity provider did not sign you in. Try again, or ask whoever runs it.',
  disabled: 'This account may not sign in.',
  domain: 'Email addresses of this domain may not sign in here.',
  email_missing: 'The identity provider did not say what your email address is. Ask whoever runs it.',
  email_taken: 'Your email address belongs to somebody else’s account here. Ask an administrator.',
  email_unverified:
    'The identity provider has not verified your email address. Have it verified there, then sign in again.',
  expired: 'This took too long, or was begun in another browser. Sign in again.',
  failed:
    'Signing in through the identity provider failed. Try again; if it fails again, tell an administrator.',
} as const;

export type OidcProblemCode = keyof typeof oidcProblems;
