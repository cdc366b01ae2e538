import { Injectable } from '@nestjs/common';
import type { RuntimeKey } from '../../platform/identity/runtime-keys.js';
import { KeySight } from './key-sight.service.js';
import { compareVersions } from './snapshot-version.domain.js';
import { NoSuchVersion, SnapshotStore } from './snapshot-store.service.js';
import { parseEtag, sumOf } from './stream-frame.domain.js';

/** Milliseconds that a request waits for this replica to be as new as another. */
const patience = 2000;

/** Lets a replica that is behind read what a client has heard of elsewhere, before it answers that client. */
@Injectable()
export class CatchUp {
  constructor(
    private readonly sight: KeySight,
    private readonly store: SnapshotStore,
  ) {}

  /**
   * @param etag what a stream said: see stream-frame.domain.ts. Null: there is nothing to wait for.
   * @throws when the database cannot be asked: an older answer would take the client back.
   */
  to(key: RuntimeKey, etag: string): Promise<void> | null {
    const missing = parseEtag(etag).filter(({ key: name, version }) => {
      if (name === '*') return compareVersions(sumOf(this.sight.all(key)), version) < 0;
      const held = this.sight.byKey(key, name);
      return held !== null && compareVersions(held.version, version) < 0;
    });
    if (missing.length === 0) return null;
    return within(patience, Promise.all(missing.map((one) => this.bring(key, one))));
  }

  private async bring(key: RuntimeKey, { key: name, version }: ReturnType<typeof parseEtag>[number]) {
    const held = name === '*' ? null : this.sight.byKey(key, name);
    if (!held) return this.store.refresh();
    try {
      await this.sight.catchUp(key, held.workflowId, version);
    } catch (error) {
      // The database itself has no such version: what is held is all that there is.
      if (!(error instanceof NoSuchVersion)) throw error;
    }
  }
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The database does not answer')), ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
