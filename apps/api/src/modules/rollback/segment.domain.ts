import type { AudienceRule } from '@holdpoint/client/decide/snapshot.js';

/** Whom an overlay or a quarantine is about; empty: everybody. */
export type Segment = readonly AudienceRule[];

const text = (segment: Segment) =>
  JSON.stringify(segment.map(({ attribute, operator, values }) => [attribute, operator, values]));

export const sameSegment = (one: Segment, other: Segment): boolean => text(one) === text(other);

/** Whether what is laid over `outer` is laid over everybody in `inner`, as far as that can be shown. */
export const covers = (outer: Segment, inner: Segment): boolean =>
  outer.length === 0 || sameSegment(outer, inner);
