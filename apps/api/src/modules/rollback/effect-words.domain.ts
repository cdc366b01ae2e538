import type { Effect } from '../telemetry/effect.domain.js';

export type EffectFacts = Pick<
  Effect,
  'expected' | 'confirmed' | 'slowestMs' | 'completedAt' | 'stragglers' | 'unhonoured' | 'byOfrep'
>;

/** Most instances that are named: a chat is no list of a fleet. */
const mostNamed = 5;

const counted = (count: number) => `${String(count)} ${count === 1 ? 'instance' : 'instances'}`;
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

function named(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length - mostNamed;
  const rest = more > 0 ? `, and ${String(more)} more` : '';
  return [`${what}: ${names.slice(0, mostNamed).join(', ')}${rest}`];
}

const ofSdk = ({ expected, confirmed, slowestMs, completedAt }: EffectFacts) => {
  if (expected === 0) return 'No instance with our SDK was running';
  const slowest =
    slowestMs === null ? '' : `, the slowest ${completedAt ? '' : 'so far '}after ${seconds(slowestMs)}`;
  return `Confirmed by ${String(confirmed)} of ${counted(expected)}${slowest}`;
};

/** What a rollback has come to, as lines of plain text: confirmed by how many, after how long, and who is missing. */
export function effectInWords(effect: EffectFacts): string[] {
  const { byOfrep, stragglers, unhonoured } = effect;
  const ofrep = `by OFREP ${String(byOfrep.fetched)} of ${String(byOfrep.expected)} fetched it`;
  return [
    `${ofSdk(effect)}${byOfrep.expected > 0 ? `; ${ofrep}` : ''}`,
    ...named(
      'Still missing',
      stragglers
        .filter(({ via }) => via === 'sdk')
        .map(
          ({ application, instanceId, silent }) => `${application} ${instanceId}${silent ? ' (silent)' : ''}`,
        ),
    ),
    ...named(
      'Has it and does not honour all of it',
      unhonoured.map(
        ({ application, instanceId, levers }) => `${application} ${instanceId} (${levers.join(', ')})`,
      ),
    ),
  ];
}
