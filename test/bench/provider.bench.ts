import { OpenFeature, TypedInMemoryProvider, type Client, type Provider } from '@openfeature/server-sdk';
import { decide } from '../../packages/client/src/decide/decide.js';
import { decisionValue } from '../../packages/client/src/flags/decision-value.js';
import { HoldpointProvider } from '../../packages/client/src/openfeature/provider.js';
import { Holdpoint } from '../../packages/client/src/sdk/holdpoint-client.js';
import { ScriptedRegistry } from '../support/scripted-registry.js';
import { snapshotOf, snapshotStage } from '../support/snapshot.builder.js';
import { median } from './numbers.js';
import type { Bench } from './report.js';

const rounds = 7;
const evaluations = 20_000;
const key = 'support.reply';
const stages = [
  snapshotStage('internal', 'two', {
    rules: [{ attribute: 'audience', operator: 'equals', values: ['internal'] }],
  }),
  snapshotStage('limited', 'two', { percentage: 10 }),
  snapshotStage('general', 'one'),
];
const snapshot = snapshotOf(7, { stages });

async function perSecond(client: Client): Promise<number> {
  const began = performance.now();
  for (let at = 0; at < evaluations; at += 1) {
    const value = await client.getObjectValue(key, {}, { targetingKey: `user-${String(at)}`, plan: 'team' });
    if (typeof value !== 'object' || value === null || !('release' in value))
      throw new Error('Nothing was served');
  }
  return evaluations / ((performance.now() - began) / 1000);
}

async function clientOf(domain: string, provider: Provider): Promise<Client> {
  await OpenFeature.setProviderAndWait(domain, provider);
  return OpenFeature.getClient(domain);
}

/** Our provider, which decides by audience and share, beside OpenFeature's own, which looks a value up. */
export const providerBench: Bench = {
  name: 'provider',
  run: async () => {
    const registry = await ScriptedRegistry.start();
    registry.serve(snapshot);
    const holdpoint = new Holdpoint({
      url: registry.url,
      key: 'hp_bench',
      application: 'bench',
      workflows: [key],
    });
    try {
      const value = JSON.parse(JSON.stringify(decisionValue(snapshot, decide(snapshot, {}, 0)))) as never;
      const inMemory = new TypedInMemoryProvider({
        [key]: { disabled: false, defaultVariant: 'on', variants: { on: value } },
      });
      const ours = await clientOf('ours', new HoldpointProvider(holdpoint));
      const theirs = await clientOf('theirs', inMemory);
      const measured = { ours: [] as number[], theirs: [] as number[] };
      // The first round warms both up.
      for (let round = 0; round <= rounds; round += 1) {
        const [mine, other] = [await perSecond(ours), await perSecond(theirs)];
        if (round === 0) continue;
        measured.ours.push(mine);
        measured.theirs.push(other);
      }
      const [mine, other] = [median(measured.ours), median(measured.theirs)];
      return [
        {
          name: 'evaluation through OpenFeature, our provider',
          ours: `${Math.round(mine).toLocaleString('en')}/s`,
          floor: `${Math.round(other).toLocaleString('en')}/s (OpenFeature's in-memory provider)`,
          ratio: mine / other,
          target: '>= 0.90',
          reached: mine / other >= 0.9,
        },
      ];
    } finally {
      await OpenFeature.clearProviders();
      await holdpoint.close();
      await registry.stop();
    }
  },
};
