import { canonicalJson, digestOfText, type Digest } from '../../platform/digest/digest.js';
import type { Readiness } from './readiness-result.domain.js';

export interface CanonicalReadiness {
  /** RFC 8785 canonical JSON; times as ISO 8601 in milliseconds, Z. */
  canonical: string;
  digest: Digest;
}

/** The exact bytes of a readiness: what a promotion stores as the ground it stood on. */
export function canonicalReadiness(readiness: Readiness): CanonicalReadiness {
  const canonical = canonicalJson(JSON.parse(JSON.stringify(readiness)));
  return { canonical, digest: digestOfText(canonical) };
}
