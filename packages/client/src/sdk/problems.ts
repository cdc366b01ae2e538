import type { Problem } from './options.js';

const quietMs = 60_000;
const mostRemembered = 100;

/** Tells of problems without ever being one: at most once a minute of the same, and no listener's error gets out. */
export class Problems {
  private readonly told = new Map<string, number>();

  constructor(
    private readonly listener: ((problem: Problem) => void) | undefined,
    private readonly monotonic: () => number,
  ) {}

  readonly tell = (problem: Problem): void => {
    const name = `${problem.code} ${problem.workflow ?? ''} ${problem.message}`;
    const before = this.told.get(name);
    const now = this.monotonic();
    if (before !== undefined && now - before < quietMs) return;
    if (this.told.size >= mostRemembered) this.told.clear();
    this.told.set(name, now);
    try {
      if (this.listener) this.listener(problem);
      else process.emitWarning(problem.message, { type: 'HoldpointWarning', code: problem.code });
    } catch {
      // Whoever listens to problems has one of its own.
    }
  };
}
