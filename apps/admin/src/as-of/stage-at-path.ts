/** The page of one stage at an instant. */
export function stageAtPath(workflowId: string, stageKey: string, at: string): string {
  return `/as-of/${workflowId}/${stageKey}?at=${encodeURIComponent(at)}`;
}
