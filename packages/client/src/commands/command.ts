/** What a command leaves for its caller's script. */
export const exitCodes = { fine: 0, problem: 1, wrongUse: 2 } as const;

export interface Output {
  out: (line: string) => void;
  err: (line: string) => void;
}

export interface Command {
  /** Words after `holdpoint`. */
  name: readonly string[];
  summary: string;
  help: string;
  /** @returns an exit code. @throws WrongUse */
  run(args: string[], output: Output): Promise<number>;
}

/** Asked in a way that cannot be answered; the message says how to ask. */
export class WrongUse extends Error {}
