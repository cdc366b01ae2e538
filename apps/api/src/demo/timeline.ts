import type { DoorClock } from '../platform/door/door-clock.js';

export const dayMs = 24 * 60 * 60 * 1000;

/** What happens in the demo and when. Played in order of time, since a ledger chain's time never runs backwards. */
export class Timeline {
  private readonly events: { daysAgo: number; happen: () => Promise<void> }[] = [];

  at(daysAgo: number, happen: () => Promise<void>): void {
    this.events.push({ daysAgo, happen });
  }

  /** Plays everything with the clock set to its day, and sets the clock right again. */
  async play(clock: DoorClock): Promise<void> {
    const inOrder = this.events.toSorted((a, b) => b.daysAgo - a.daysAgo);
    try {
      for (const { daysAgo, happen } of inOrder) {
        clock.shift(-Math.round(daysAgo * dayMs));
        await happen();
      }
    } finally {
      clock.shift(0);
    }
  }
}
