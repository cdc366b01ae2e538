import { decide } from '@holdpoint/client/decide/decide.js';
import { servesOf } from '@holdpoint/client/sdk/serves.js';
import { honouredLevers, type Heartbeat } from '@holdpoint/client/report/heartbeat.schema.js';
import type { INestApplicationContext } from '@nestjs/common';
import type { HeldSnapshot } from '../modules/runtime/held-snapshot.js';
import { SnapshotStore } from '../modules/runtime/snapshot-store.service.js';
import { HeartbeatService } from '../modules/telemetry/heartbeat.service.js';
import { Database } from '../platform/database/database.js';
import { DoorClock } from '../platform/door/door-clock.js';
import { RuntimeKeys, type RuntimeKey } from '../platform/identity/runtime-keys.js';

/** The key by which they report; its secret was never shown to anybody. */
export const demoInstancesKey = 'Simulated instances (demo)';

const perWorkflow = 6;
const reportEvery = 10_000;
/** Requests that each answers between two reports, about. */
const requests = 40;

/**
 * Running applications that there are not: with `--demo` this process plays a few of them, named as such. They follow
 * what is really served, each at its own pace, and report it by the way of everybody else, so that a rollback in the demo
 * shows real progress.
 * @returns a function that ends them
 */
export async function playDemoInstances(app: INestApplicationContext): Promise<() => void> {
  const find = { strict: false };
  const [store, keys] = [app.get(SnapshotStore, find), app.get(RuntimeKeys, find)];
  const row = await app
    .get(Database, find)
    .client.apiKey.findFirst({ where: { name: demoInstancesKey, revokedAt: null }, select: { id: true } });
  const key = row && (await keys.findById(row.id));
  if (!key) return () => undefined;
  const parts = { heartbeats: app.get(HeartbeatService, find), clock: app.get(DoorClock, find), key };
  const isLive = ({ snapshot, teamId }: HeldSnapshot) =>
    key.teamIds.has(teamId) && snapshot.stages.some(({ releaseId }) => releaseId !== null);
  const instances = [...store.all]
    .filter(isLive)
    .flatMap((held) =>
      Array.from({ length: perWorkflow }, (_, index) => new DemoInstance(held, index, parts)),
    );
  const stopListening = store.listen((workflowId, held) => {
    for (const one of instances) if (one.workflowId === workflowId && held) one.follow(held);
  });
  return () => {
    stopListening();
    for (const one of instances) one.end();
  };
}

interface Parts {
  heartbeats: HeartbeatService;
  clock: DoorClock;
  key: RuntimeKey;
}

class DemoInstance {
  /** The same after a restart, so that none is left behind as silent. */
  private readonly instanceId: string;
  private readonly startedAt = new Date().toISOString();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private held: HeldSnapshot,
    private readonly index: number,
    private readonly parts: Parts,
  ) {
    this.instanceId = `demo-${held.snapshot.key}-${String(index + 1)}`;
    this.timer = setInterval(() => this.report(true), reportEvery).unref();
    this.report(false);
  }

  get workflowId(): string {
    return this.held.workflowId;
  }

  /** The last one is slower than the others, as one always is. */
  follow(held: HeldSnapshot): void {
    const delay = 40 + this.index * 60 + (this.index === perWorkflow - 1 ? 900 : 0);
    setTimeout(() => {
      this.held = held;
      this.report(false);
    }, delay).unref();
  }

  end(): void {
    clearInterval(this.timer);
  }

  private report(withRequests: boolean): void {
    const { parts, held } = this;
    const { snapshot } = held;
    const [team = 'application'] = snapshot.key.split('.');
    const sentAt = new Date().toISOString();
    const body: Heartbeat = {
      ...{ instanceId: this.instanceId, application: `${team}-desk (demo)`, sdk: 'simulated (demo)' },
      ...{
        startedAt: this.startedAt,
        sentAt,
        levers: [...honouredLevers],
        forcedFallback: false,
        stopping: false,
      },
      workflows: [
        {
          ...{ workflow: snapshot.key, ...snapshot.version, state: 'live' },
          serves: servesOf(snapshot, parts.clock.now().getTime()),
          counts: withRequests ? this.answered() : [],
        },
      ],
    };
    // A demo that cannot report says nothing: whatever is wrong is said by those who need it.
    parts.heartbeats.receive(parts.key, body, new Date()).catch(() => undefined);
  }

  /** What as many people as usual got, by the function that decides for everybody. */
  private answered(): Heartbeat['workflows'][number]['counts'] {
    const now = this.parts.clock.now().getTime();
    const counts = new Map<string, Heartbeat['workflows'][number]['counts'][number]>();
    for (let request = 0; request < requests; request += 1) {
      const user = `user-${String(Math.floor(Math.random() * 5_000))}`;
      const decision = decide(
        this.held.snapshot,
        { targetingKey: user, tenant: user, conversation: user },
        now,
      );
      const served = decision.outcome === 'release' ? decision.digest : decision.outcome;
      const key = `${String(decision.stage)} ${served}`;
      const known = counts.get(key);
      if (known) known.requests += 1;
      else counts.set(key, { stage: decision.stage, served, requests: 1 });
    }
    return [...counts.values()];
  }
}
