import { setTimeout as sleep } from 'node:timers/promises';
import { heartbeat } from '../report/heartbeat.schema.js';
import { isNewer } from '../sdk/version.js';
import { judge, type Patience, type Verdict } from './judge.js';
import { PlayedRegistry } from './played-registry.js';
import { playedSnapshot, playedWorkflow } from './played-snapshots.js';

/** What the application under test is given, under the names that our SDK reads. */
export interface LaunchEnv {
  HOLDPOINT_URL: string;
  HOLDPOINT_KEY: string;
  /** The workflow to ask for. */
  HOLDPOINT_WORKFLOW: string;
}

export interface Launched {
  /** Asks it to stop in order (SIGTERM, say); resolves when it has. */
  stop(): Promise<void>;
}

export const usualPatience: Patience = { acknowledgeMs: 2000, betweenMs: 15_000 };

/**
 * Plays a registry to one application, in about half a minute: a first version, a second, the first again as from a
 * replica that lags, a restored database, a refused report, a regular one, and a stop.
 */
export async function playScenario(
  launch: (env: LaunchEnv) => Promise<Launched>,
  say: (line: string) => void,
  patience: Patience = usualPatience,
): Promise<Verdict[]> {
  const [first, second, third] = [
    playedSnapshot(1, 1, 'a'),
    playedSnapshot(1, 2, 'b'),
    playedSnapshot(2, 1, 'a'),
  ];
  const registry = new PlayedRegistry(first, `hp_${'conformance'.padEnd(43, '0')}`);
  const env = {
    HOLDPOINT_URL: await registry.listen(),
    HOLDPOINT_KEY: registry.key,
    HOLDPOINT_WORKFLOW: playedWorkflow,
  };
  const { acknowledgeMs, betweenMs } = patience;
  const reports = () => registry.heard.filter(({ kind }) => kind === 'report').length;
  const until = async (holds: () => boolean, ms: number) => {
    for (const end = performance.now() + ms; performance.now() < end && !holds();) await sleep(10);
  };
  const reaches = (version: { incarnation: number; epoch: number }) => () =>
    registry.heard.some((one) => {
      if (one.kind !== 'report') return false;
      const played = heartbeat
        .safeParse(one.body)
        .data?.workflows.find(({ workflow }) => workflow === playedWorkflow);
      return played !== undefined && !isNewer(version, played);
    });
  const nextReport = async (leastMs: number) => {
    const before = reports();
    await sleep(leastMs);
    await until(() => reports() > before, betweenMs);
  };
  try {
    const launched = await launch(env);
    say('waiting for its first report');
    await until(reaches(first.version), betweenMs);
    say('serving a second version');
    registry.serve(second);
    await until(reaches(second.version), betweenMs);
    say('serving the first again, as a replica that lags would');
    registry.serve(first);
    await nextReport(acknowledgeMs);
    say('serving from a restored database: a higher incarnation, a lower epoch');
    registry.serve(third);
    await until(reaches(third.version), betweenMs);
    say('refusing a report, and waiting for the next');
    registry.refuses = 1;
    await nextReport(0);
    await nextReport(0);
    say('stopping it');
    registry.heard.push({ kind: 'stop', at: performance.now() });
    await launched.stop();
    return judge(registry.heard, [first, second, third], patience);
  } finally {
    await registry.close();
  }
}
