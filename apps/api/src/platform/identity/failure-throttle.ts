/**
 * Decides which failed sign-ins are worth an entry, so that guessing does not flood the ledger: the first about a
 * person, then at most one in each window, which says how many came in between.
 */
export class FailureThrottle {
  private readonly about = new Map<string, { recordedAt: number; unrecorded: number }>();

  constructor(private readonly windowMs: number) {}

  /** @returns what to record of this failure: how many earlier ones had no entry; null when it has none itself */
  failed(subject: string, now: number): { unrecorded: number } | null {
    const seen = this.about.get(subject);
    if (seen && now - seen.recordedAt < this.windowMs) {
      seen.unrecorded += 1;
      return null;
    }
    this.about.set(subject, { recordedAt: now, unrecorded: 0 });
    return { unrecorded: seen?.unrecorded ?? 0 };
  }

  /** @returns how many failures had no entry when the person got in after all */
  succeeded(subject: string): number {
    const unrecorded = this.about.get(subject)?.unrecorded ?? 0;
    this.about.delete(subject);
    return unrecorded;
  }
}
