import type { Segment } from './segment.domain.js';

const operatorWords: Readonly<Record<Segment[number]['operator'], string>> = {
  equals: 'is',
  in: 'is',
  not_in: 'is not',
  starts_with: 'starts with',
  ends_with: 'ends with',
};

/** "plan is free or trial and region is not eu"; null for everybody. */
export function segmentInWords(segment: Segment): string | null {
  const rules = segment.map(
    ({ attribute, operator, values }) => `${attribute} ${operatorWords[operator]} ${values.join(' or ')}`,
  );
  return rules.length === 0 ? null : rules.join(' and ');
}
