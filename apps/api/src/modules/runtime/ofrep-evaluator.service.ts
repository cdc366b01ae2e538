import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Context } from '@holdpoint/client/decide/audience.js';
import { parseFlagKey } from '@holdpoint/client/flags/flag-list.js';
import { DoorClock } from '../../platform/door/door-clock.js';
import type { RuntimeKey } from '../../platform/identity/runtime-keys.js';
import type { HeldSnapshot } from './held-snapshot.js';
import { isPublicKey, KeySight } from './key-sight.service.js';
import { OfrepFetches } from './ofrep-fetches.service.js';
import { isPublicFlag, type RenderedDecision } from './rendered-decision.js';

export interface BulkAnswer {
  /** Strong and quoted: over the configuration, the context's effect on it, the key's scope and the stream. */
  etag: string;
  /** Made when it is asked for: mostly the client has it already. */
  body: () => string;
}

/** Without the context's own word on the stage, which is for servers alone. */
function contextFor(isPublic: boolean, context: Context): Context {
  if (!isPublic || context.stage === undefined) return context;
  const { stage: _, ...rest } = context;
  return rest;
}

/** Answers evaluations from memory. */
@Injectable()
export class OfrepEvaluator {
  constructor(
    private readonly sight: KeySight,
    private readonly fetches: OfrepFetches,
    private readonly clock: DoorClock,
  ) {}

  /** Null for a flag that is not there, and for one that the key may not see: nobody can tell which. */
  single(key: RuntimeKey, flag: string, given: Context, clientId: string): Buffer | null {
    const name = parseFlagKey(flag);
    const isPublic = isPublicKey(key);
    if (!name || (isPublic && !isPublicFlag(name.suffix))) return null;
    const held = this.sight.byKey(key, name.workflow);
    if (!held) return null;
    const rendered = held.decided(contextFor(isPublic, given), isPublic, this.clock.now().getTime());
    this.tell(key, clientId, held, rendered);
    return rendered.answers.get(name.suffix) ?? null;
  }

  bulk(key: RuntimeKey, given: Context, clientId: string, streamUrl: string): BulkAnswer {
    const isPublic = isPublicKey(key);
    const context = contextFor(isPublic, given);
    const now = this.clock.now().getTime();
    const hash = createHash('sha256').update(`${streamUrl}\n`);
    const decided = this.sight.all(key).map((held) => {
      const rendered = held.decided(context, isPublic, now);
      this.tell(key, clientId, held, rendered);
      hash.update(rendered.digest);
      return rendered;
    });
    return {
      etag: `"${hash.digest('base64url').slice(0, 27)}"`,
      body: () => {
        const streams = JSON.stringify([{ type: 'sse', url: streamUrl }]);
        return `{"flags":[${decided.map(({ items }) => items).join(',')}],"eventStreams":${streams}}`;
      },
    };
  }

  private tell(key: RuntimeKey, clientId: string, held: HeldSnapshot, rendered: RenderedDecision): void {
    const { workflowId, version } = held;
    this.fetches.tell({
      workflowId,
      keyId: key.id,
      environment: key.environment,
      clientId,
      incarnation: version.incarnation,
      epoch: version.epoch,
      stageKey: rendered.stageKey,
      served: rendered.served,
    });
  }
}
