/** Stable codes that clients may match. Never reworded, never reused. */
export const refusalCodes = [
  'APPROVAL_STALE',
  'BEHIND_LIVE',
  'CHANGES_REQUESTED',
  'CONFLICT',
  'CONTRACT_INCOMPLETE',
  'FORBIDDEN',
  'GATE_BLOCKED',
  'INVALID_INPUT',
  'LAST_ADMINISTRATOR',
  'NOT_FOUND',
  'OUT_OF_ORDER',
  'SECOND_PERSON_REQUIRED',
  'SELF_APPROVAL',
  'UNAUTHENTICATED',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];
