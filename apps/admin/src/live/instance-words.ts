import type { OnCallStateFragment } from '../api/generated/documents.js';
import { counted } from './live-words.js';

/** "11 instances running, 9 at the newest version, 1 in fallback; 3 silent; 2 callers through OFREP" */
export function instanceWords(instances: OnCallStateFragment['instances']): string {
  if (!instances) return 'No instance reports here.';
  const { total, serving, ahead, fallback, silent, byOfrep, byPages } = instances;
  const running = [
    `${counted(total, 'instance')} running`,
    ...(total > 0 ? [`${String(serving)} at the newest version`] : []),
    ...(fallback > 0 ? [`${String(fallback)} in fallback`] : []),
    ...(ahead > 0 ? [`${String(ahead)} ahead of the registry`] : []),
  ].join(', ');
  return [
    running,
    ...(silent > 0 ? [`${String(silent)} silent`] : []),
    ...(byOfrep > 0 ? [`${counted(byOfrep, 'caller')} through OFREP`] : []),
    ...(byPages > 0 ? [`${String(byPages)} with keys of pages`] : []),
  ].join('; ');
}
