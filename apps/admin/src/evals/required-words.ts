import { counted } from '../live/live-words.js';
import { score } from './score.js';

interface Gate {
  threshold: number | null;
  greaterIsBetter: boolean | null;
  minSamples: number | null;
}

/** Which values are good enough: "at least 0.92". */
export function thresholdWords({ threshold, greaterIsBetter }: Omit<Gate, 'minSamples'>): string {
  if (threshold === null) return 'no threshold';
  return `${greaterIsBetter === false ? 'at most' : 'at least'} ${score(threshold)}`;
}

/** What a gate asks of a metric: "at least 0.92 over 40 cases". */
export function requiredWords(gate: Gate): string {
  const { threshold, minSamples } = gate;
  const words = thresholdWords(gate);
  return threshold === null || minSamples === null || minSamples <= 1
    ? words
    : `${words} over ${counted(minSamples, 'case')}`;
}
