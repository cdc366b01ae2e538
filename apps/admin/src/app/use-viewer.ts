import { ViewerDocument, type ViewerQuery } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';

export type Viewer = NonNullable<ViewerQuery['viewer']>;

/** Who is signed in; null until it is known. */
export function useViewer(): Viewer | null {
  return useApi(ViewerDocument, {}).data?.viewer ?? null;
}

/** Teams in which the person has any role: what "mine" means in lists and forms. */
export function useMyTeams(): Viewer['memberships'][number]['team'][] {
  const viewer = useViewer();
  const teams = new Map(viewer?.memberships.map(({ team }) => [team.id, team]));
  return [...teams.values()];
}
