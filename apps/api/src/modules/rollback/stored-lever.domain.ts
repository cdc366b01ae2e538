import type { LeverInput } from './lever.schema.js';
import type { Lever as LeverKind } from '../workflow/contract.schema.js';

/** A lever as a rollback keeps it, without what it does not have. */
export type StoredLever = { kind: LeverKind } & Partial<
  Record<'to' | 'releaseId' | 'digest' | 'step' | 'promptVersionId' | 'modelConfigVersionId' | 'tool', string>
>;

/**
 * @param served the release that is served by it, where one is: reverted to, or derived
 * @param digest of what it would serve, where that is yet to be made
 */
export function storedLever(
  lever: LeverInput,
  served: { id: string; digest: string } | null,
  digest?: string,
): StoredLever {
  const serves = ['revertRelease', 'revertPrompt', 'pinModel'].includes(lever.kind);
  const release = !serves
    ? {}
    : served
      ? { releaseId: served.id, digest: served.digest }
      : digest
        ? { digest }
        : {};
  const entries = Object.entries({ ...lever, ...release }).filter(([, value]) => value != null);
  return Object.fromEntries(entries) as StoredLever;
}
