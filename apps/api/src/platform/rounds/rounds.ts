import { AsyncLocalStorage } from 'node:async_hooks';

/** Null unless somebody counts: following what runs on behalf of what makes every request of the process dearer. */
let background: AsyncLocalStorage<true> | null = null;

/** From now on rounds that begin can be told apart. */
export function tellRoundsApart(): void {
  background ??= new AsyncLocalStorage<true>();
}

/** Whether this runs because its time had come rather than because somebody asked. */
export const inBackground = (): boolean => background?.getStore() === true;

/** Work that comes round by itself for as long as the process lives. It never keeps the process alive. */
export class Rounds {
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly running = new Set<Promise<void>>();

  /**
   * Does `work` every so many milliseconds, but not beside itself: a round that is due while the last one runs is left
   * out. A failure is told to `failed`, and the next round comes all the same; without it, work must not fail.
   */
  every(ms: number, work: () => Promise<unknown>, failed?: (error: unknown) => void): void {
    let busy = false;
    const round = async () => {
      if (busy) return;
      busy = true;
      try {
        await work();
      } catch (error) {
        if (!failed) throw error;
        failed(error);
      } finally {
        busy = false;
      }
    };
    const begin = () =>
      setInterval(() => {
        const run = round().finally(() => this.running.delete(run));
        this.running.add(run);
      }, ms);
    const timer = background ? background.run(true, begin) : begin();
    this.timers.push(timer.unref());
  }

  /** Ends the rounds, and waits for one that is under way. */
  async stop(): Promise<void> {
    for (const timer of this.timers.splice(0)) clearInterval(timer);
    await Promise.all(this.running);
  }
}
