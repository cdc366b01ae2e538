import { canonicalJson, digestOfText } from '../../platform/digest/digest.js';

export interface ModelText {
  provider: string;
  model: string;
  parameters: Record<string, unknown>;
}

export function canonicalModel({ provider, model, parameters }: ModelText): {
  canonical: string;
  digest: string;
} {
  const canonical = canonicalJson({ provider, model, parameters });
  return { canonical, digest: digestOfText(canonical) };
}

export const parseModel = (canonical: string) => JSON.parse(canonical) as ModelText;
