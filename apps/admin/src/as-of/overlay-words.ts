import type { LiveRowFragment } from '../api/generated/documents.js';
import { segmentWords } from '../live/live-words.js';

export type LiveOverlay = LiveRowFragment['overlaidBy'][number];

/** "turned off", "fell back to people", "served #3 support-r3" */
function done({ kind, to, tool, release }: LiveOverlay['levers'][number]): string {
  switch (kind) {
    case 'disable':
      return 'turned off';
    case 'fallback':
      return `fell back to ${to ?? 'something simpler'}`;
    case 'disableTool':
      return `without the tool ${tool ?? ''}`;
    default:
      return release ? `served #${String(release.number)} ${release.alias}` : kind;
  }
}

/** "Turned off by rollback 3, for plan is free" */
export function overlayWords({ levers, rollbackNumber, isDrill, segment }: LiveOverlay): string {
  const what = levers.map(done).join(' and ');
  const whom = segmentWords(segment);
  const by = `${isDrill ? 'drill' : 'rollback'} ${String(rollbackNumber)}`;
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} by ${by}${whom === null ? '' : `, for ${whom}`}`;
}

/** "No effect: rollback 4 came before it"; null where it took effect. */
export function overruledWords({ overruledBy }: Pick<LiveOverlay, 'overruledBy'>): string | null {
  const names = overruledBy.map(
    ({ isDrill, rollbackNumber }) => `${isDrill ? 'drill' : 'rollback'} ${String(rollbackNumber)}`,
  );
  return names.length === 0 ? null : `No effect: ${names.join(' and ')} came before it`;
}
