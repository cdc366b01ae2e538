interface InStages {
  readonly outcome: string;
  readonly to: string | null;
  readonly release: { readonly number: number; readonly alias: string } | null;
  readonly stageKeys: readonly string[];
}

interface HeadlineFacts extends InStages {
  readonly everywhere: boolean;
  readonly elsewhere: readonly InStages[];
}

export interface HeadlineWords {
  title: string;
  /** Of which stages the rest of what is said holds; null where of all. */
  where: string | null;
  /** What the other stages do, where the title does not say it. */
  others: string | null;
}

/** "#2 second" */
export const releaseName = ({ number, alias }: { number: number; alias: string }) =>
  `#${String(number)} ${alias}`;

function what({ outcome, to, release }: InStages): string {
  if (outcome === 'release') return release ? releaseName(release) : 'A release';
  if (outcome === 'failure') return 'No release is served';
  return outcome === 'fallback' ? `Falls back to ${to ?? 'something simpler'}` : 'Turned off';
}

/** In the middle of a line; the number that names a release stays as it is. */
const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/**
 * What is served, in few words that are true of every stage: a release by its name, with what else there is beside it;
 * where nobody gets a release, what each stage does instead.
 */
export function headlineWords(headline: HeadlineFacts, nameOf: (stageKey: string) => string): HeadlineWords {
  const inStages = ({ stageKeys }: InStages) => `in ${stageKeys.map(nameOf).join(', ')}`;
  const others = headline.elsewhere.map((part) => lowerFirst(`${what(part)} ${inStages(part)}`)).join('; ');
  const where = headline.everywhere ? null : inStages(headline);
  if (headline.outcome === 'release') return { title: what(headline), where, others: others || null };
  const title = `${what(headline)} ${where ?? 'in every stage'}`;
  return { title: others ? `${title}; ${others}` : title, where, others: null };
}
