import { type OidcProblemCode, oidcProblems } from './oidc-problems.schema.js';

/** An expected "no" of a sign-in through the identity provider. Rolls an act back as a Refusal does. */
export class OidcProblem extends Error {
  constructor(readonly code: OidcProblemCode) {
    super(oidcProblems[code]);
    this.name = 'OidcProblem';
  }
}
