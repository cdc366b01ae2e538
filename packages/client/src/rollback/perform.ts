import { setTimeout as sleep } from 'node:timers/promises';
import type { Output } from '../commands/command.js';
import { ask, Unanswered, Unreached, type Registry } from '../registry/ask.js';
import {
  effectQuery,
  onCallQuery,
  triggerMutation,
  type Effect,
  type OnCall,
  type Triggered,
} from './operations.js';
import { effectLine, servingLines, stragglerLines } from './rollback-words.js';

/** What the command leaves for its caller's script. */
export const rollbackExit = { confirmed: 0, refused: 1, wrongUse: 2, unconfirmed: 3, unknown: 4 } as const;

const retries = [250, 500, 1000, 2000, 4000, 8000] as const;

/**
 * Asks until an answer comes, with the same idempotency key, so that a lost answer is heard again and nothing is done
 * twice. Null: none came.
 */
export async function triggerSurely(
  registry: Registry,
  input: Readonly<Record<string, unknown>>,
  output: Output,
): Promise<Triggered['rollbackTrigger'] | null> {
  for (const wait of [...retries, null])
    try {
      return (await ask<Triggered>(registry, triggerMutation, { input })).rollbackTrigger;
    } catch (error) {
      if (!(error instanceof Unreached)) throw error;
      output.err(`${error.message}${wait === null ? '' : '; asking again, which does nothing twice'}`);
      if (wait !== null) await sleep(wait);
    }
  return null;
}

/** Whether it happened nobody could say: what is served, if at least that can be heard. */
export async function sayWhatIsServed(registry: Registry, key: string, output: Output): Promise<void> {
  try {
    const { onCall } = await ask<{ onCall: OnCall | null }>(registry, onCallQuery, { key });
    for (const line of onCall ? servingLines(onCall) : []) output.out(line);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
  }
}

/** Prints acknowledgements as they come, until everyone has it or the time is over. @returns an exit code */
export async function follow(
  registry: Registry,
  rollbackId: string,
  waitMs: number,
  output: Output,
): Promise<{ code: number; effect: Effect | null }> {
  const until = performance.now() + waitMs;
  let effect: Effect | null = null;
  let said = '';
  for (let pace = 150; ; pace = Math.min(1000, pace * 1.3)) {
    try {
      const { rollback } = await ask<{ rollback: { effect: Effect | null } | null }>(registry, effectQuery, {
        id: rollbackId,
      });
      effect = rollback?.effect ?? effect;
    } catch (error) {
      if (!(error instanceof Unreached)) throw error;
    }
    const line = effect ? effectLine(effect) : '';
    if (effect && line !== said) output.out((said = line));
    if (effect && isOver(effect)) {
      if (effect.expected === 0) output.out('No instance with the SDK was running');
      return { code: rollbackExit.confirmed, effect };
    }
    if (performance.now() + pace > until) break;
    await sleep(pace);
  }
  output.out('It is applied, and not everybody has confirmed it yet');
  for (const line of effect ? stragglerLines(effect) : []) output.out(line);
  return { code: rollbackExit.unconfirmed, effect };
}

/** Callers that only fetch may never ask again: they are waited for where nobody else could confirm. */
const isOver = ({ confirmed, expected, byOfrep }: Effect): boolean =>
  expected > 0 ? confirmed >= expected : byOfrep.fetched >= byOfrep.expected;
