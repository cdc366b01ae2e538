import { stageAtPath } from '../as-of/stage-at-path.js';
import { Digest } from '../ui/digest.js';
import { Facts, type Fact } from '../ui/facts.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { bothTimes, utcTime } from '../ui/time-words.js';
import { valueText } from '../ui/value-text.js';
import { wordOfSubject } from './act-choices.js';
import type { EntryData } from './entry-page.js';
import { contentOf, whoOf } from './entry-words.js';
import { subjectPath } from './subject-path.js';

/** `leftReleaseId` → `Left release id` */
const label = (key: string) => wordOfSubject(key);

/** What an entry says. */
export function EntryFacts({ entry }: { entry: EntryData }) {
  const { data, subject, readiness } = contentOf(entry.canonical);
  const moved = movePath(entry, data['stageKey']);
  const facts: Fact[] = [
    [
      'When',
      <time key="t" dateTime={entry.at}>
        {bothTimes(entry.at)}
      </time>,
    ],
    ['Act', <code key="a">{entry.act}</code>],
    ['Who', <Who key="w" entry={entry} />],
    [
      'Answers for it',
      entry.responsible.length > 0
        ? entry.responsible.map(({ name }) => name).join(', ')
        : 'Nobody: the registry itself',
    ],
    [
      'Workflow',
      entry.workflow ? (
        <TextLink to={`/workflows/${entry.workflow.id}`}>{entry.workflow.name}</TextLink>
      ) : (
        'None: it is about the organisation'
      ),
    ],
    ['About', <Subject key="s" entry={entry} />],
    subject.digest !== null && ['Digest of it', <Digest key="d" value={subject.digest} />],
    Boolean(readiness) && [
      'Allowed on readiness',
      <Digest key="r" value={readiness ?? ''} label="readiness digest" />,
    ],
    moved !== null && [
      'Evidence',
      <TextLink key="e" to={moved}>
        What it stood on
      </TextLink>,
    ],
    ['Reason', <Reason key="n" entry={entry} />],
    ['Request', <code key="q">{entry.requestId}</code>],
  ];
  const details = Object.entries(data).map(([key, value]): Fact => [
    label(key),
    <Value key={key} name={key} value={value} entry={entry} />,
  ]);
  return (
    <>
      <Section title="What happened">
        <Facts facts={facts} />
      </Section>
      {details.length > 0 && (
        <Section title="What it says besides">
          <Facts facts={details} />
        </Section>
      )}
    </>
  );
}

function Who({ entry }: { entry: EntryData }) {
  return (
    <>
      {whoOf(entry)}
      {entry.actorKind !== 'system' && (
        <>
          {' '}
          <TextLink to={`/ledger?actor=${entry.actorId}`}>All acts by them</TextLink>
        </>
      )}
    </>
  );
}

function Subject({ entry }: { entry: EntryData }) {
  const path = subjectPath(entry);
  const word = wordOfSubject(entry.subjectKind);
  return (
    <>
      {path ? <TextLink to={path}>{word}</TextLink> : word} <code>{entry.subjectId}</code>{' '}
      <TextLink to={`/ledger?subject=${entry.subjectId}`}>All entries about it</TextLink>
    </>
  );
}

function Reason({ entry }: { entry: EntryData }) {
  if (entry.reason) return <>{entry.reason}</>;
  if (entry.reasonErasedAt)
    return <>The text was erased on {utcTime(entry.reasonErasedAt)}. Its salted hash stays in the entry.</>;
  return <>None given</>;
}

function Value({ name, value, entry }: { name: string; value: unknown; entry: EntryData }) {
  const path = typeof value === 'string' ? idPath(name, value, entry.workflow?.id) : null;
  if (path) return <TextLink to={path}>{String(value)}</TextLink>;
  if (value === null) return <>None</>;
  if (typeof value === 'string' && /^(sha256:)?[0-9a-f]{64}$/.test(value)) return <Digest value={value} />;
  return typeof value === 'object' ? <code>{JSON.stringify(value)}</code> : <>{valueText(value)}</>;
}

/** Where an id in the data of an act leads to, by the name it has there. */
function idPath(name: string, id: string, workflowId: string | undefined): string | null {
  if (/releaseId$/i.test(name) && workflowId) return `/workflows/${workflowId}/releases/${id}`;
  if (name === 'promotionId') return `/promotions/${id}`;
  if (name === 'incidentId' && workflowId) return `/workflows/${workflowId}/incidents/${id}`;
  return null;
}

/** For a move of a pointer: the page of what was live from then on, with its approvals and its readiness. */
function movePath({ act, at, workflow }: EntryData, stageKey: unknown): string | null {
  const isMove = act === 'promotion.executed' || act === 'promotion.brokeGlass';
  return isMove && workflow && typeof stageKey === 'string' ? stageAtPath(workflow.id, stageKey, at) : null;
}
