import { WrongUse } from '../commands/command.js';
import type { OnCall } from './operations.js';

/**
 * Which incident `--incident` means: the number that people know it by, with or without a `#`, or its id.
 * @returns its id
 * @throws WrongUse for one that this workflow does not have, or that is resolved
 */
export function namedIncident({ openIncidents, workflow }: OnCall, said: string): string {
  const name = said.trim().replace(/^#/, '');
  const incident = openIncidents.find(
    ({ id, number }) => name.toLowerCase() === id || name === String(number),
  );
  if (incident) return incident.id;
  // A key that narrows hears of incidents that are not resolved, and of no others.
  const underway = openIncidents.map(({ number, title }) => `#${number} ${title}`);
  throw new WrongUse(
    `--incident ${said}: ${workflow.fullKey} has no such incident, or it is resolved. ${
      underway.length > 0 ? `Not resolved: ${underway.join('; ')}` : 'It has none that is not resolved'
    }. Leave --incident out to open one`,
  );
}
