import type { AnsweringRole, CheckArea, CheckMode } from '../checklist/checklist.schema.js';
import type { RiskTier } from '../workflow/risk.schema.js';

export const checkStatuses = [
  'pass',
  'fail',
  'pending',
  'stale',
  'error',
  'waived',
  'not_applicable',
] as const;
export type CheckStatus = (typeof checkStatuses)[number];

/** Whether a check in this status lets a release pass. Nothing unknown does. */
export const isComplete = (status: CheckStatus): boolean =>
  status === 'pass' || status === 'waived' || status === 'not_applicable';

/** Something a result rests on; `href` is a console path or an address, null where there is nothing to open. */
export interface EvidenceRef {
  readonly kind: string;
  readonly label: string;
  readonly href: string | null;
}

export interface WaiverRef {
  readonly id: string;
  readonly reason: string;
  readonly expiresAt: Date;
  readonly requestedBy: string;
  readonly approvedBy: string;
}

export interface CheckResult {
  readonly id: string;
  readonly text: string;
  readonly about: 'change' | 'soak' | 'standing';
  /** How it is answered at this tier. */
  readonly mode: CheckMode;
  readonly status: CheckStatus;
  readonly requiredHere: boolean;
  /** Key of the stage whose entry asks for it first at this tier; null where no stage of the workflow does. */
  readonly requiredFrom: string | null;
  /** One sentence: why this status. Absolute times only. */
  readonly reason: string;
  readonly measured: string | null;
  readonly required: string | null;
  readonly evidence: readonly EvidenceRef[];
  /** Time of the newest thing it rests on. */
  readonly evaluatedFrom: Date | null;
  /** When it goes stale. */
  readonly expiresAt: Date | null;
  /** Rests on the organisation's answer, or on the soak of the release it replaces. */
  readonly inherited: boolean;
  /** Incomplete, but in the way of nothing: a standing check on a replace. */
  readonly warningOnly: boolean;
  readonly clearedBy: AnsweringRole;
  /** Console path that leads to where it can be cleared. */
  readonly link: string;
  readonly waiver: WaiverRef | null;
  readonly answerId: string | null;
}

/** The checks of one area. */
export interface Gate {
  readonly area: CheckArea;
  readonly title: string;
  readonly question: string;
  readonly complete: boolean;
  /** How many checks this stage requires, and how many of those are complete. */
  readonly required: number;
  readonly completeCount: number;
  /** Those required here first, then those of later stages. */
  readonly checks: readonly CheckResult[];
}

/** What forbids entry besides the checks: order, lost updates, a short soak. */
export interface OrderStatus {
  readonly ok: boolean;
  readonly code: string | null;
  readonly message: string | null;
}

/** All gates of one release for one stage at one instant. `complete` speaks of the gates; `order` stands beside it. */
export interface Readiness {
  readonly workflowId: string;
  readonly releaseId: string;
  readonly releaseDigest: string;
  readonly stageKey: string;
  readonly stageRevision: number;
  readonly stageRevisionId: string;
  readonly tier: RiskTier;
  readonly checklistVersion: number;
  readonly evaluatedAt: Date;
  readonly complete: boolean;
  readonly gates: readonly Gate[];
  readonly order: OrderStatus;
}
