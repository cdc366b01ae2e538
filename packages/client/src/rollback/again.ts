import { WrongUse } from '../commands/command.js';

/** What `--again` takes: what was sent, to the letter, so that the registry knows it for the same, and what it was about. */
interface Again {
  workflow: string;
  input: Record<string, unknown>;
}

/** @param workflow as the caller named it */
export function againOf(workflow: string, input: Readonly<Record<string, unknown>>): string {
  const again: Again = { workflow, input };
  return Buffer.from(JSON.stringify(again)).toString('base64url');
}

/**
 * What is to be sent again. Judged without asking anybody: the registry may be hard to reach just then.
 * @throws WrongUse for what no earlier call printed, and for one that was about another workflow
 */
export function askedAgain(workflow: string, said: string): Record<string, unknown> {
  const again = read(said);
  if (!again) throw new WrongUse('--again takes what an earlier call of this command printed');
  if (workflow !== again.workflow && workflow !== again.input['workflowId'])
    throw new WrongUse(
      `--again was printed by a call about ${again.workflow}, not ${workflow}. Nothing was sent; to ask again: holdpoint rollback ${again.workflow} --again ...`,
    );
  return again.input;
}

/** What `--again` leaves to say: how long to wait. `--yes` is what happens anyway, for nothing is asked. */
const besideAgain = ['again', 'wait', 'yes'];

/**
 * What was sent is sent again to the letter, so that another reason or target could only be passed over.
 * @param given options of the call, without dashes
 * @throws WrongUse naming those that could not have their effect
 */
export function refuseBesideAgain(given: readonly string[]): void {
  const idle = [...new Set(given)].filter((name) => !besideAgain.includes(name)).map((name) => `--${name}`);
  if (idle.length > 0)
    throw new WrongUse(
      `${idle.join(' and ')} ${idle.length === 1 ? 'has' : 'have'} no effect beside --again, which asks for what was asked before, to the letter. Nothing was sent`,
    );
}

function read(said: string): Again | null {
  try {
    const { workflow, input } = JSON.parse(Buffer.from(said, 'base64url').toString('utf8')) as Partial<Again>;
    if (typeof workflow !== 'string' || typeof input !== 'object') return null;
    return 'idempotencyKey' in input ? { workflow, input } : null;
  } catch {
    return null;
  }
}
