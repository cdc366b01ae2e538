/** Tells screens what to fetch again. Says nothing of the content, so that it can go to everyone who may see the workflow. */
export interface ChangeEvent {
  workflowId: string | null;
  /** The workflow's team, and whether it alone (with auditors and administrators) may learn of it; null for neither. */
  workflow: { teamId: string; restricted: boolean } | null;
  /** The act, as the ledger names it. */
  topic: string;
  subjectKind: string;
  subjectId: string;
  /** ISO 8601. */
  at: string;
}
