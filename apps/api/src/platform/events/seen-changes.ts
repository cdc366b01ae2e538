import type { Actor } from '../identity/actor.js';
import { maySee } from '../permissions/visibility.js';
import type { ChangeEvent } from './change-event.js';

/** Milliseconds after which what a listener may see is asked again: what was taken away holds within a second. */
const trustFor = 1_000;

/** Of a stream of changes those that the actor may learn of, as it stands when each happens; ends once it may nothing. */
export function seenChanges(
  changes: AsyncIterableIterator<ChangeEvent>,
  listener: Actor,
  again: () => Promise<Actor | null>,
): AsyncIterableIterator<ChangeEvent> {
  let actor: Actor | null = listener;
  let askedAt = performance.now();
  const seen: AsyncIterableIterator<ChangeEvent> = {
    next: async () => {
      for (;;) {
        const { done, value } = (await changes.next()) as IteratorResult<ChangeEvent, undefined>;
        if (done) return { done: true, value: undefined };
        if (performance.now() - askedAt >= trustFor) {
          askedAt = performance.now();
          actor = await again();
        }
        if (!actor) {
          await changes.return?.();
          return { done: true, value: undefined };
        }
        if (isSeen(actor, value)) return { done: false, value };
      }
    },
    return: async () => {
      await changes.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => seen,
  };
  return seen;
}

function isSeen(actor: Actor, { workflow, workflowId }: ChangeEvent): boolean {
  // What belongs to no workflow says nothing of its content; a key hears of its own workflows only.
  if (workflow === null || workflowId === null) return actor.kind === 'user';
  return maySee(actor, { id: workflowId, ...workflow });
}
