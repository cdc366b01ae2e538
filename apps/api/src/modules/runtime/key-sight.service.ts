import { Injectable } from '@nestjs/common';
import type { SnapshotVersion } from '@holdpoint/client/decide/snapshot.js';
import { covers, RuntimeKeys, type RuntimeKey } from '../../platform/identity/runtime-keys.js';
import { productionEnvironment } from '../../platform/permissions/key-scopes.js';
import { CandidateStore } from './candidate-store.service.js';
import type { HeldSnapshot } from './held-snapshot.js';
import { SnapshotStore } from './snapshot-store.service.js';

/** For keys of browsers, unless the key is also one of servers. */
export const isPublicKey = (key: RuntimeKey): boolean => !key.scopes.includes('runtime');

/** What a key is served: of its own environment, of the workflows that it is bound to, and nothing else. */
@Injectable()
export class KeySight {
  /** Which workflows a key sees, until one comes or goes. */
  private seen = new WeakMap<RuntimeKey, readonly string[]>();

  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly production: SnapshotStore,
    private readonly candidates: CandidateStore,
    keys: RuntimeKeys,
  ) {
    const known = new Set<string>();
    production.listen((workflowId, held) => {
      if (held === null ? known.delete(workflowId) : !known.has(workflowId)) this.seen = new WeakMap();
      if (held) known.add(workflowId);
      this.tell();
    });
    candidates.listen(() => {
      this.seen = new WeakMap();
      this.tell();
    });
    keys.listen((key) => this.seen.delete(key));
  }

  /** Hears whenever anything changes that any key is served. */
  listen(changed: () => void): void {
    this.listeners.add(changed);
  }

  /** To be awaited before the first answer to a key of an environment; afterwards there is nothing to wait for. */
  ready(key: RuntimeKey): Promise<void> | null {
    if (key.environment === productionEnvironment || this.candidates.in(key.environment)) return null;
    return this.candidates.load(key.environment);
  }

  /** @param name team.workflow. Null for what the key may not see, as for what is not there. */
  byKey(key: RuntimeKey, name: string): HeldSnapshot | null {
    const found = this.production.byKey(name);
    const held = key.environment === productionEnvironment ? found : this.candidate(key, found?.workflowId);
    return held && this.sees(key, held) ? held : null;
  }

  /** Every workflow that the key sees, in the order of their keys. */
  all(key: RuntimeKey): HeldSnapshot[] {
    const ids = this.seen.get(key) ?? this.idsOf(key);
    return ids.flatMap((id) => {
      const held =
        key.environment === productionEnvironment ? this.production.byWorkflow(id) : this.candidate(key, id);
      return held && this.sees(key, held) ? [held] : [];
    });
  }

  sees(key: RuntimeKey, held: HeldSnapshot): boolean {
    return covers(key, held) && (!isPublicKey(key) || held.isPublic);
  }

  catchUp(key: RuntimeKey, workflowId: string, version: SnapshotVersion): Promise<void> {
    return key.environment === productionEnvironment
      ? this.production.catchUp(workflowId, version)
      : this.candidates.catchUp(key.environment, workflowId, version);
  }

  private tell(): void {
    for (const changed of this.listeners) changed();
  }

  private candidate(key: RuntimeKey, workflowId: string | undefined): HeldSnapshot | null {
    return workflowId === undefined ? null : (this.candidates.in(key.environment)?.get(workflowId) ?? null);
  }

  private idsOf(key: RuntimeKey): readonly string[] {
    const all = [...this.production.all].filter((held) => covers(key, held));
    all.sort((one, other) => (one.snapshot.key < other.snapshot.key ? -1 : 1));
    const ids = all.map(({ workflowId }) => workflowId);
    this.seen.set(key, ids);
    return ids;
  }
}
