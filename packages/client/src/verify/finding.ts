/** What can be wrong with an export, from the outside. */
export type FindingKind =
  | 'altered'
  | 'missing'
  | 'reordered'
  | 'inserted'
  | 'truncated'
  | 'forged'
  | 'replayed'
  | 'unsigned'
  | 'malformed';

/** The first thing that is wrong, and where. */
export interface Finding {
  kind: FindingKind;
  /** The entry at fault, where it is one. */
  chain?: string;
  seq?: number;
  /** Number of the checkpoint at fault, or that showed it. */
  checkpoint?: number;
  /** Line of the file, from 1, at which it showed. */
  line: number;
  message: string;
}

export function inWords({ chain, seq, checkpoint, line, message }: Finding): string {
  const entry =
    chain === undefined ? [] : [`chain ${chain}`, ...(seq === undefined ? [] : [`entry ${String(seq)}`])];
  const where = entry.length > 0 || checkpoint === undefined ? entry : [`checkpoint ${String(checkpoint)}`];
  return `${[...where, `line ${String(line)}`].join(', ')}: ${message}`;
}
