import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RuntimeKeys, type RuntimeKey } from '../../platform/identity/runtime-keys.js';
import { productionEnvironment } from '../../platform/permissions/key-scopes.js';
import { CandidateStore } from './candidate-store.service.js';
import { EventStream, frameOf, type Frame } from './event-stream.js';
import type { HeldSnapshot } from './held-snapshot.js';
import { KeySight } from './key-sight.service.js';
import { SnapshotStore } from './snapshot-store.service.js';
import { refetchFrame, sightEtag, snapshotFrame, workflowEtag } from './stream-frame.domain.js';

const heartbeatMs = 15_000;
/** A refetch may have been answered before an earlier one was: clients are told once more, which costs a 304. */
const repeatAfterMs = 1000;
/** Repeating goes on for about as long, a few streams at a time: a change that comes meanwhile does not wait behind it. */
const repeatSlices = 50;
const leastInSlice = 20;

/** Streams of one key, which get the same. */
interface Group {
  ofrep: Set<EventStream>;
  /** With the workflows that each follows, as team.workflow. */
  own: Map<EventStream, ReadonlySet<string>>;
}

/** Everybody who listens that something changed: stock OpenFeature clients and our own. */
@Injectable()
export class EventStreams implements OnApplicationShutdown {
  private readonly groups = new Map<RuntimeKey['id'], Group & { key: RuntimeKey }>();
  private readonly repeats = new Map<string, NodeJS.Timeout>();
  private readonly heartbeat: NodeJS.Timeout;

  constructor(
    private readonly sight: KeySight,
    keys: RuntimeKeys,
    production: SnapshotStore,
    candidates: CandidateStore,
  ) {
    production.listen((id, held) => this.changed(productionEnvironment, id, held));
    candidates.listen((environment, id, held) => this.changed(environment, id, held));
    keys.listen((key) => this.endGroup(key.id));
    this.heartbeat = setInterval(() => this.all(frameOf(':\n\n')), heartbeatMs);
    this.heartbeat.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.heartbeat);
    for (const timer of this.repeats.values()) clearTimeout(timer);
  }

  get count(): number {
    return [...this.groups.values()].reduce((sum, { ofrep, own }) => sum + ofrep.size + own.size, 0);
  }

  /** For stock clients: one frame at once, which makes them fetch what they may have missed. */
  openOfrep(key: RuntimeKey, request: FastifyRequest, reply: FastifyReply): void {
    const first = refetchFrame(sightEtag(this.sight.all(key)), Date.now());
    const stream = new EventStream(key, reply, request, frameOf(`retry: 1000\n\n${first}`));
    const { ofrep } = this.groupOf(key);
    ofrep.add(stream);
    stream.onClose(() => this.leave(key, (group) => group.ofrep.delete(stream)));
  }

  /**
   * For our client: a frame at once for each of these workflows that is served to the key. Of the others, as soon as they
   * are: this process may not have read them yet.
   * @param workflows team.workflow
   */
  openOwn(
    key: RuntimeKey,
    workflows: ReadonlySet<string>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    const served = [...workflows].flatMap((name) => this.sight.byKey(key, name) ?? []);
    const first = served.map((held) => snapshotFrame(held.snapshot.key, held.version, held.etag)).join('');
    const stream = new EventStream(key, reply, request, frameOf(`retry: 1000\n\n${first}`));
    this.groupOf(key).own.set(stream, workflows);
    stream.onClose(() => this.leave(key, (group) => group.own.delete(stream)));
  }

  /** Before an orderly stop: our clients then connect elsewhere at once. */
  sayGoodbye(): void {
    const bye = frameOf('event: bye\ndata: {}\n\n');
    for (const { own } of this.groups.values()) for (const stream of own.keys()) stream.send(bye);
  }

  private changed(environment: string, workflowId: string, held: HeldSnapshot | null): void {
    if (this.groups.size === 0) return;
    const { ofrep: refetch, own: snapshot } = held === null ? this.retired() : this.framesOf(held);
    for (const { ofrep, own } of this.whoSee(environment, held)) {
      if (held && snapshot)
        for (const [stream, wanted] of own) if (wanted.has(held.snapshot.key)) stream.send(snapshot);
      for (const stream of ofrep) stream.send(refetch);
    }
    const name = `${environment}/${workflowId}`;
    this.later(name, repeatAfterMs, () => {
      const streams = this.whoSee(environment, held).flatMap(({ ofrep }) => [...ofrep]);
      this.repeat(name, refetch, streams, 0);
    });
  }

  /** From this stream on. A newer change of the same takes its place. */
  private repeat(name: string, frame: Frame, streams: readonly EventStream[], from: number): void {
    const to = from + Math.max(leastInSlice, Math.ceil(streams.length / repeatSlices));
    for (const stream of streams.slice(from, to)) stream.send(frame);
    if (to < streams.length)
      this.later(name, repeatAfterMs / repeatSlices, () => this.repeat(name, frame, streams, to));
    else this.repeats.delete(name);
  }

  private later(name: string, afterMs: number, work: () => void): void {
    clearTimeout(this.repeats.get(name));
    const timer = setTimeout(work, afterMs);
    timer.unref();
    this.repeats.set(name, timer);
  }

  private framesOf(held: HeldSnapshot): { ofrep: Frame; own: Frame } {
    const { snapshot, version } = held;
    return {
      ofrep: frameOf(refetchFrame(workflowEtag(snapshot.key, version), Date.now())),
      own: frameOf(snapshotFrame(snapshot.key, version, held.etag)),
    };
  }

  private retired(): { ofrep: Frame; own: null } {
    return { ofrep: frameOf(refetchFrame('', Date.now())), own: null };
  }

  /** Of what is gone nobody knows any more whose it was: all hear that something is gone, and no more. */
  private whoSee(environment: string, held: HeldSnapshot | null): Group[] {
    return [...this.groups.values()].filter(
      ({ key }) => key.environment === environment && (!held || this.sight.sees(key, held)),
    );
  }

  private all(frame: Frame): void {
    for (const { ofrep, own } of this.groups.values())
      for (const stream of [...ofrep, ...own.keys()]) stream.send(frame);
  }

  private groupOf(key: RuntimeKey): Group {
    const known = this.groups.get(key.id);
    if (known) return known;
    const group = { key, ofrep: new Set<EventStream>(), own: new Map<EventStream, ReadonlySet<string>>() };
    this.groups.set(key.id, group);
    return group;
  }

  private leave({ id }: RuntimeKey, remove: (group: Group) => void): void {
    const group = this.groups.get(id);
    if (!group) return;
    remove(group);
    if (group.ofrep.size + group.own.size === 0) this.groups.delete(id);
  }

  private endGroup(keyId: string): void {
    const group = this.groups.get(keyId);
    if (group) for (const stream of [...group.ofrep, ...group.own.keys()]) stream.end();
  }
}
