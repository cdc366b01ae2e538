import type { Person, World } from './world.js';

export interface IncidentState {
  id: string;
  number: number;
  title: string;
  state: string;
  note: string;
  owner: { id: string } | null;
  links: { kind: string; value: string }[];
  viewerCanWork: boolean;
}

const fields = 'id number title state note owner { id } links { kind value } viewerCanWork';

/** One act on incidents, with what it was about afterwards. */
export function incidentAct(world: World, mutation: string, input: Record<string, unknown>, as: Person) {
  return world.act<{ incident: IncidentState | null }>(mutation, `incident { ${fields} }`, input, as);
}

export async function openIncident(
  world: World,
  workflowId: string,
  as: Person,
  title = 'It answers nonsense',
) {
  const { incident, userErrors } = await incidentAct(world, 'incidentOpen', { workflowId, title }, as);
  if (!incident) throw new Error(JSON.stringify(userErrors));
  return incident;
}
