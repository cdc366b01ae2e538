import type { AudienceRule, Lever } from '@holdpoint/client/decide/snapshot.js';

/** What decide() applies. */
export type AppliedLever = Lever;
export type { AudienceRule };
