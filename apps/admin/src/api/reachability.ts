/**
 * Whether the registry answers, as found by whatever asks it. Not to be reached is not to be signed out: only an answer
 * can say that.
 */
export class Reachability {
  private since: number | null = null;
  private readonly listeners = new Set<() => void>();

  /** Since when nothing has come back; null while it answers. */
  readonly lostSince = (): number | null => this.since;

  readonly follow = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  answered(): void {
    this.become(null);
  }

  missed(now = Date.now()): void {
    this.become(this.since ?? now);
  }

  private become(since: number | null): void {
    if (since === this.since) return;
    this.since = since;
    for (const listener of this.listeners) listener();
  }
}

/** The one registry that this console is about. */
export const registry = new Reachability();

const gatewayStatuses: readonly number[] = [502, 503, 504];

/**
 * Whether an answer came from somebody who could not ask the registry, or from a registry that could not ask its
 * database. @param isNamed whether its body names the error as the registry does; one fault is not an outage.
 */
export function isOutage(status: number, isNamed: boolean): boolean {
  return gatewayStatuses.includes(status) || (status >= 500 && !isNamed);
}
