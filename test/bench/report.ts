/** One line of the report: what we measured, beside what it is measured against, in the same run. */
export interface BenchLine {
  name: string;
  /** With its unit, such as `812/s` or `64 ms`. */
  ours: string;
  /** What a path without our work would take, and how it was measured. */
  floor: string;
  /** ours to floor, larger is more of whatever the unit counts; null where there is no floor. */
  ratio: number | null;
  target: string;
  /** null where nothing could be measured: the name then says why. */
  reached: boolean | null;
}

export interface Bench {
  name: string;
  run(): Promise<BenchLine[]>;
}

export function skipped(name: string, why: string, target: string): BenchLine {
  return { name: `${name} (skipped: ${why})`, ours: '-', floor: '-', ratio: null, target, reached: null };
}

const columns = ['what', 'ours', 'floor', 'ratio', 'target', 'reached'] as const;

function cells(line: BenchLine): string[] {
  const verdict = line.reached === null ? '-' : line.reached ? 'yes' : 'NO';
  return [line.name, line.ours, line.floor, line.ratio?.toFixed(2) ?? '-', line.target, verdict];
}

/** A table in Markdown, so that it can be pasted where results are discussed. */
export function renderReport(lines: readonly BenchLine[]): string {
  const rows = [[...columns], ...lines.map(cells)];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const render = (row: string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [render(rows[0] ?? []), rule, ...rows.slice(1).map(render)].join('\n');
}
