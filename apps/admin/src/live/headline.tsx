import Typography from '@mui/material/Typography';
import type { OnCallStateFragment } from '../api/generated/documents.js';
import { Age } from '../ui/age.js';
import { headlineWords, releaseName } from './headline-words.js';
import { clockTime } from './live-words.js';

type Headline = NonNullable<OnCallStateFragment['headline']>;

/** What is served, since when and by whom: where nobody gets a release, what they get instead. */
export function HeadlineView({ state }: { state: OnCallStateFragment }) {
  const { headline, serving } = state;
  if (!headline) return <Title>No release</Title>;
  const { outcome, release, since, byName, rollbackNumber } = headline;
  const { title, where, others } = headlineWords(
    headline,
    (key) => serving.find(({ stageKey }) => stageKey === key)?.name ?? key,
  );
  const by = byName ?? (rollbackNumber === null ? null : `rollback #${String(rollbackNumber)}`);
  const isRelease = outcome === 'release';
  const follows = since !== null || by !== null;
  return (
    <>
      <Title>{title}</Title>
      <Typography variant="body2">
        {/* Of a release, where it is served follows; of anything else the title says it of each stage. */}
        {!isRelease && where !== null && follows && `${where} `}
        {since && (
          <>
            since {clockTime(since)} (<Age at={since} />)
          </>
        )}
        {by && `${since ? ', ' : ''}by ${by}`}
        {isRelease && where !== null && `; ${where}`}
        {others !== null && `; ${others}`}
        {!isRelease && held(headline, release && releaseName(release), follows)}
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
