import type { DoorClock } from '../../platform/door/door-clock.js';
import type { HeldSnapshot } from './held-snapshot.js';

/** Longer than any drill; a timer cannot wait much longer than this. */
const longest = 24 * 3_600_000;

/** Says when an overlay ends by the clock (a drill): no act tells of it, and what clients hold is then out of date. */
export class OverlayEnds {
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly clock: DoorClock,
    private readonly ended: (held: HeldSnapshot) => void,
  ) {}

  watch(workflowId: string, held: HeldSnapshot | null): void {
    clearTimeout(this.timers.get(workflowId));
    this.timers.delete(workflowId);
    if (!held) return;
    const now = this.clock.now().getTime();
    const ends = held.snapshot.overlays.flatMap(({ to }) => (to !== null && to > now ? [to] : []));
    if (ends.length === 0) return;
    const timer = setTimeout(
      () => {
        this.ended(held);
        this.watch(workflowId, held);
      },
      Math.min(Math.min(...ends) - now + 1, longest),
    );
    timer.unref();
    this.timers.set(workflowId, timer);
  }

  clear(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }
}
