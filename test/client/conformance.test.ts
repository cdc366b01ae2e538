import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Heartbeat } from '../../packages/client/src/report/heartbeat.schema.js';
import type { Snapshot } from '../../packages/client/src/decide/snapshot.js';
import {
  playScenario,
  type LaunchEnv,
  type Launched,
} from '../../packages/client/src/conformance/scenario.js';
import { Holdpoint } from '../../packages/client/src/sdk/holdpoint-client.js';
import { servesOf } from '../../packages/client/src/sdk/serves.js';
import { isNewer } from '../../packages/client/src/sdk/version.js';
import { quick } from '../support/sdk.builder.js';

const patience = { acknowledgeMs: 400, betweenMs: 1500 };
const judged = async (launch: (env: LaunchEnv) => Promise<Launched>) => {
  const verdicts = await playScenario(launch, () => undefined, patience);
  return verdicts.filter(({ broken }) => broken !== null).map(({ promise }) => promise);
};

test('our SDK keeps every promise', async () => {
  const broken = await judged((env) => {
    const holdpoint = new Holdpoint({
      ...{ url: env.HOLDPOINT_URL, key: env.HOLDPOINT_KEY, application: 'ours', timings: quick },
      workflows: [env.HOLDPOINT_WORKFLOW],
    });
    return Promise.resolve({ stop: () => holdpoint.close() });
  });
  expect(broken).toEqual([]);
});

interface Faults {
  goesBack?: boolean;
  acknowledges?: boolean;
  alter?: (body: Heartbeat, count: number) => unknown;
  headers?: Record<string, string>;
  gaveUp?: boolean;
  goodbye?: boolean;
}

/** An application as somebody might write it from docs/heartbeats.md alone: it polls, and reports. */
function byHand(faults: Faults) {
  return ({
    HOLDPOINT_URL: url,
    HOLDPOINT_KEY: key,
    HOLDPOINT_WORKFLOW: workflow,
  }: LaunchEnv): Promise<Launched> => {
    const [instanceId, startedAt] = [randomUUID(), new Date().toISOString()];
    const headers = faults.headers ?? { 'x-api-key': key };
    let held: Snapshot | null = null;
    let [isStopped, hasGivenUp, said, count] = [false, false, 0, 0];
    const report = async (stopping: boolean) => {
      if (!held || hasGivenUp) return;
      said = performance.now();
      const serving = {
        workflow,
        ...held.version,
        state: 'live' as const,
        serves: servesOf(held, 0),
        counts: [],
      };
      const body: Heartbeat = {
        ...{ instanceId, application: 'by hand', sdk: 'none/1', startedAt, sentAt: new Date().toISOString() },
        ...{ levers: ['disable'], forcedFallback: false, stopping, workflows: [serving] },
      };
      const altered = faults.alter?.(body, (count += 1)) ?? body;
      const request = { method: 'POST', headers, body: JSON.stringify(altered) };
      const answer = await fetch(`${url}/v1/heartbeats`, request);
      if (answer.status !== 200 && faults.gaveUp === true) hasGivenUp = true;
    };
    const loop = async () => {
      while (!isStopped) {
        const answer = await fetch(`${url}/v1/snapshots/${workflow}`, { headers });
        const found = (await answer.json()) as Snapshot;
        const isNew: boolean = held === null || isNewer(found.version, held.version);
        if (isNew || faults.goesBack === true) held = found;
        if ((isNew && faults.acknowledges !== false) || performance.now() - said > 700) await report(false);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const ended = loop();
    const stop = async () => {
      isStopped = true;
      await ended;
      if (faults.goodbye !== false) await report(true);
    };
    return Promise.resolve({ stop });
  };
}
const serves = (body: Heartbeat, over: object) => ({
  ...body,
  workflows: body.workflows.map((one) => ({ ...one, ...over })),
});

describe('an application written by hand', () => {
  test('keeps every promise where it does as the recipe says', async () => {
    expect(await judged(byHand({}))).toEqual([]);
  });

  test.each<[string, Faults, string]>([
    ['follows a replica that lags', { goesBack: true }, 'Versions only grow'],
    ['reports only regularly', { acknowledges: false }, 'A new version is acknowledged at once'],
    [
      'reports a digest of its own',
      { alter: (body) => serves(body, { serves: [] }) },
      'What is reported as served is what that version holds',
    ],
    [
      'claims a version that it never had',
      { alter: (body) => serves(body, { epoch: 77, incarnation: 9 }) },
      'A version is reported only after it was received',
    ],
    [
      'takes a new id for each report',
      { alter: (body, count) => ({ ...body, instanceId: `instance-${String(count)}` }) },
      'An instance keeps its id and when it started',
    ],
    [
      'leaves a field out',
      { alter: (body) => ({ ...body, levers: undefined }) },
      'Every report has the shape that is documented',
    ],
    ['sends no key', { headers: { accept: '*/*' } }, 'The key is sent in a header'],
    ['gives up after a refusal', { gaveUp: true }, 'Reports come regularly, also after one was refused'],
    ['leaves without a word', { goodbye: false }, 'It says goodbye when it stops'],
    [
      'says goodbye all the time',
      { alter: (body) => ({ ...body, stopping: true }) },
      'It says goodbye when it stops',
    ],
  ])('is told where it %s', async (_what, faults, promise) => {
    expect(await judged(byHand(faults))).toContain(promise);
  });

  test('that never reports is told so', async () => {
    expect(await judged(() => Promise.resolve({ stop: () => Promise.resolve() }))).toContain('It reports');
  });
});
