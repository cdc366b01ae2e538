import type { KeyKind, KeyState } from '../api/generated/documents.js';
import type { Tone } from '../app/status-colours.js';
import type { Choice } from '../form/choice-input.js';

export const kindWords: Record<KeyKind, string> = { service: 'Service', agent: 'Agent' };

export const stateWords: Record<KeyState, string> = {
  active: 'Active',
  ending: 'Rotated, ends soon',
  expired: 'Expired',
  revoked: 'Revoked',
};

export const stateTones: Record<KeyState, Tone> = {
  active: 'good',
  ending: 'warn',
  expired: 'plain',
  revoked: 'plain',
};

/** What each scope lets, in the order in which most people need them. */
export const scopeChoices: Choice[] = [
  { value: 'ci', label: 'CI: registers versions and evidence, moves what passed' },
  { value: 'read', label: 'Read: reads the registry' },
  { value: 'runtime', label: 'Runtime: whole decisions, for servers' },
  {
    value: 'runtime-public',
    label: 'Runtime, public: for pages, of stages that are open to them; anybody can read such a key',
  },
  { value: 'narrow', label: 'Narrow: rolls back only' },
];

/** The start of the day that lies so many days ahead, as date fields keep it. */
export function daysAhead(days: number, now = Date.now()): string {
  return `${new Date(now + days * 86_400_000).toISOString().slice(0, 10)}T00:00:00.000Z`;
}
