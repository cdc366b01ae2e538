/** Tells screens what to fetch again. Says nothing of the content, so that it can go to everyone who may see the workflow. */
export interface ChangeEvent {
  workflowId: string | null;
  /** Team that alone (with auditors and administrators) may learn of it; null when everybody may. */
  restrictedToTeamId: string | null;
  /** The act, as the ledger names it. */
  topic: string;
  subjectKind: string;
  subjectId: string;
  /** ISO 8601. */
  at: string;
}
