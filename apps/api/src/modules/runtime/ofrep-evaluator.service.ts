import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Context } from '@holdpoint/client/decide/audience.js';
import { parseFlagKey } from '@holdpoint/client/flags/flag-list.js';
import { DoorClock } from '../../platform/door/door-clock.js';
import type { RuntimeKey } from '../../platform/identity/runtime-keys.js';
import type { HeldSnapshot } from './held-snapshot.js';
import { KeptBulkAnswers, type BulkAnswer } from './kept-bulk-answers.js';
import { isPublicKey, KeySight } from './key-sight.service.js';
import { OfrepFetches, type OfrepFetch } from './ofrep-fetches.service.js';
import { isPublicFlag, type RenderedDecision } from './rendered-decision.js';

/** Without the context's own word on the stage, which is for servers alone. */
function contextFor(isPublic: boolean, context: Context): Context {
  if (!isPublic || context.stage === undefined) return context;
  const { stage: _, ...rest } = context;
  return rest;
}

/** Answers evaluations from memory. */
@Injectable()
export class OfrepEvaluator {
  private readonly kept: KeptBulkAnswers;

  constructor(
    private readonly sight: KeySight,
    private readonly fetches: OfrepFetches,
    private readonly clock: DoorClock,
  ) {
    this.kept = new KeptBulkAnswers((fetch) => fetches.tell(fetch));
    sight.listen(() => this.kept.forget());
  }

  /** Null for a flag that is not there, and for one that the key may not see: nobody can tell which. */
  single(key: RuntimeKey, flag: string, given: Context, clientId: string): Buffer | null {
    const name = parseFlagKey(flag);
    const isPublic = isPublicKey(key);
    if (!name || (isPublic && !isPublicFlag(name.suffix))) return null;
    const held = this.sight.byKey(key, name.workflow);
    if (!held) return null;
    const rendered = held.decided(contextFor(isPublic, given), isPublic, this.clock.now().getTime());
    this.fetches.tell(fetchOf(key, clientId, held, rendered));
    return rendered.answers.get(name.suffix) ?? null;
  }

  /** An answer that was given before to the same request; null where there is none, or something has changed since. */
  again(key: RuntimeKey, asked: string, clientId: string): BulkAnswer | null {
    return this.kept.find(key, asked, clientId);
  }

  /** @param asked the request's own text, under which the answer is kept */
  bulk(key: RuntimeKey, asked: string, given: Context, clientId: string, streamUrl: string): BulkAnswer {
    const isPublic = isPublicKey(key);
    const context = contextFor(isPublic, given);
    const now = this.clock.now().getTime();
    const hash = createHash('sha256').update(`${streamUrl}\n`);
    const all = this.sight.all(key);
    const decided = all.map((held) => held.decided(context, isPublic, now));
    for (const { digest } of decided) hash.update(digest);
    const fetches = decided.map((rendered, at) => fetchOf(key, clientId, all[at] as HeldSnapshot, rendered));
    for (const fetch of fetches) this.fetches.tell(fetch);
    const answer = {
      etag: `"${hash.digest('base64url').slice(0, 27)}"`,
      body: () => {
        const streams = JSON.stringify([{ type: 'sse', url: streamUrl }]);
        return `{"flags":[${decided.map(({ items }) => items).join(',')}],"eventStreams":${streams}}`;
      },
    };
    // What ends by the clock (a drill) would be kept too long.
    if (!all.some(({ snapshot }) => snapshot.overlays.some(({ to }) => to !== null)))
      this.kept.keep(key, asked, answer, fetches);
    return answer;
  }
}

function fetchOf(
  { id, environment }: RuntimeKey,
  clientId: string,
  { workflowId, version }: HeldSnapshot,
  { stageKey, served }: RenderedDecision,
): OfrepFetch {
  const { incarnation, epoch } = version;
  return { workflowId, keyId: id, environment, clientId, incarnation, epoch, stageKey, served };
}
