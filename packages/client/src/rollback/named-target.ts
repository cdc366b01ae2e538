import { WrongUse } from '../commands/command.js';
import { ask, type Registry } from '../registry/ask.js';
import type { LeverAsked } from './levers-asked.js';
import { targetsQuery, type OnCall, type Targets } from './operations.js';

/**
 * Which release `--to` means: its alias, digest or number, or `last-good`. A key that narrows may not read the registry;
 * it is told by the preview what was live there, and that is all that can be gone back to.
 * @param place where the rollback would be
 * @throws WrongUse for what was never live there. Of what cannot be gone back to the preview says why.
 */
export async function namedTarget(
  registry: Registry,
  { lastGood, workflow }: OnCall,
  said: string,
  place: Readonly<Record<string, unknown>>,
): Promise<LeverAsked> {
  const isIt = (one: { alias: string; digest: string; number: number }) =>
    [one.alias, one.digest, String(one.number)].includes(said);
  if (said === 'last-good' && !lastGood) throw new WrongUse('There is no release to go back to');
  if (lastGood && (said === 'last-good' || isIt(lastGood)))
    return { kind: 'revertRelease', releaseId: lastGood.releaseId, digest: lastGood.digest };
  const input = { ...place, levers: [{ kind: 'revertRelease' }] };
  const { targets } = (await ask<Targets>(registry, targetsQuery, { input })).rollbackPreview;
  const release = targets.find(isIt);
  if (release) return { kind: 'revertRelease', releaseId: release.id, digest: release.digest };
  const possible = targets.filter(({ whyNot }) => whyNot === null).map(({ alias }) => alias);
  throw new WrongUse(
    `${said} was never live in the stages concerned of ${workflow.fullKey}. ${
      possible.length > 0 ? `It can go back to ${possible.join(', ')}` : 'There is no release to go back to'
    }`,
  );
}
