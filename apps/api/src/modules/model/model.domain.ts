import { canonicalJson, digestOfText } from '../../platform/digest/digest.js';

export interface ModelText {
  provider: string;
  model: string;
  parameters: Record<string, unknown>;
}

const month = '(?:0[1-9]|1[0-2])';
const day = '(?:0[1-9]|[12][0-9]|3[01])';
/** A date that a provider puts into a snapshot's name: 2026-03-01, 20250514, 0613 (month and day), 2411 (year, month). */
const dated = new RegExp(
  `(?:^|[-_.@:/])(?:20[0-9]{2}-?${month}-?${day}|${month}${day}|2[0-9]${month})(?:$|[-_.@:])`,
);
const contentAddressed = /@?sha256[:-][0-9a-f]{12,}/;

/**
 * Whether a model's name can come to mean another model: it holds no date and no content hash, or says `latest`.
 * A version such as `-001` does not count as a date: nothing in the name says that it stays.
 */
export function isAlias(model: string): boolean {
  if (/(?:^|[-_.@:/])latest$/i.test(model)) return true;
  return !dated.test(model) && !contentAddressed.test(model);
}

export function canonicalModel({ provider, model, parameters }: ModelText): {
  canonical: string;
  digest: string;
} {
  const canonical = canonicalJson({ provider, model, parameters });
  return { canonical, digest: digestOfText(canonical) };
}

export const parseModel = (canonical: string) => JSON.parse(canonical) as ModelText;
