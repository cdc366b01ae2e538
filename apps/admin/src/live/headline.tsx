import Typography from '@mui/material/Typography';
import type { OnCallStateFragment } from '../api/generated/documents.js';
import { Age } from '../ui/age.js';
import { clockTime } from './live-words.js';

type Headline = NonNullable<OnCallStateFragment['headline']>;

const nobody = (outcome: string, to: string | null) =>
  outcome === 'fallback' ? `Falls back to ${to ?? 'something simpler'}` : 'Turned off';

/** What is served, since when and by whom: where nobody gets a release, what they get instead. */
export function HeadlineView({ state }: { state: OnCallStateFragment }) {
  const { headline, serving } = state;
  if (!headline) return <Title>No release</Title>;
  const { outcome, to, release, since, byName, rollbackNumber, everywhere } = headline;
  const names = headline.stageKeys.map(
    (key) => serving.find(({ stageKey }) => stageKey === key)?.name ?? key,
  );
  const by = byName ?? (rollbackNumber === null ? null : `rollback #${String(rollbackNumber)}`);
  const name = release && `#${String(release.number)} ${release.alias}`;
  const where = everywhere ? 'in every stage' : `in ${names.join(', ')}`;
  const title =
    outcome === 'release'
      ? (name ?? 'A release')
      : outcome === 'failure'
        ? `No release is served ${where}`
        : `${nobody(outcome, to)} ${where}`;
  return (
    <>
      <Title>{title}</Title>
      <Typography variant="body2">
        {since && (
          <>
            since {clockTime(since)} (<Age at={since} />)
          </>
        )}
        {by && `${since ? ', ' : ''}by ${by}`}
        {outcome === 'release' && !everywhere && `; ${where}`}
        {outcome !== 'release' && held(headline, name, since !== null || by !== null)}
      </Typography>
    </>
  );
}

function held({ outcome, stageKeys }: Headline, name: string | null, follows: boolean): string {
  if (name === null) return '';
  const holds = stageKeys.length === 1 ? 'the stage holds' : 'the stages hold';
  return `${follows ? '; ' : ''}${holds} ${name}${outcome === 'failure' ? ', in quarantine' : ''}`;
}

function Title({ children }: { children: string }) {
  return (
    <Typography component="p" sx={{ fontSize: '1.25rem', fontWeight: 660, overflowWrap: 'anywhere' }}>
      {children}
    </Typography>
  );
}
