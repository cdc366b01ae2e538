import { LiveTargetsDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';

/** The newest releases of a workflow by their id: "#2 ticket-is-data" */
export function useReleaseNames(workflowId: string): ReadonlyMap<string, string> {
  const releases = useApi(LiveTargetsDocument, { workflowId }).data?.workflow?.releases.nodes ?? [];
  return new Map(releases.map(({ id, number, alias }) => [id, `#${String(number)} ${alias}`]));
}
