import { Injectable } from '@nestjs/common';

/** What one caller, known by its connection, was answered through OFREP. */
export interface OfrepFetch {
  workflowId: string;
  keyId: string;
  environment: string;
  clientId: string;
  incarnation: number;
  epoch: number;
  /** Null where no stage decided. */
  stageKey: string | null;
  /** Digest of the release, or disabled, fallback or failure. */
  served: string;
  /** How many times; once unless it says so. */
  requests?: number;
}

/** Tells of every answer given through OFREP. Listeners must be quick: it is on the path of each evaluation. */
@Injectable()
export class OfrepFetches {
  private readonly listeners: ((fetch: OfrepFetch) => void)[] = [];

  listen(listener: (fetch: OfrepFetch) => void): void {
    this.listeners.push(listener);
  }

  tell(fetch: OfrepFetch): void {
    for (const listener of this.listeners) listener(fetch);
  }
}
