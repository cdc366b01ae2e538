import type { StageDefinition } from '@holdpoint/contract';
import { useParams, useSearchParams } from 'react-router-dom';
import { StageAtDocument, type StageAtQuery } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { whoOf } from '../ledger/entry-words.js';
import { counted } from '../live/live-words.js';
import { stageFacts } from '../stages/stage-facts.js';
import { wordOfRole } from '../teams/role-words.js';
import { Digest } from '../ui/digest.js';
import { EmptyState } from '../ui/empty-state.js';
import { Facts } from '../ui/facts.js';
import { GateList } from '../ui/gate-list.js';
import { Loaded } from '../ui/loaded.js';
import { Page } from '../ui/page.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { asOfWords, bothTimes, exactTime, isInstant, utcTime } from '../ui/time-words.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import { Overlaid } from './overlaid.js';
import { originWord, promotionWords, stageName } from './live-words.js';

type StageAtRow = NonNullable<StageAtQuery['stageAt']>;
export type StageAtData = StageAtRow & {
  release: NonNullable<StageAtRow['release']>;
  entry: NonNullable<StageAtRow['entry']>;
};

/** What was live has a release and the act that brought it in. */
const isLive = (row: StageAtRow | null): row is StageAtData => row?.release != null && row.entry !== null;

/** One stage at one instant: who put the release there, and on what. */
export function StageAtPage() {
  const { workflowId = '', stageKey = '' } = useParams();
  const at = useSearchParams()[0].get('at') ?? '';
  const query = useApi(StageAtDocument, { workflowId, stageKey, at }, { enabled: isInstant(at) });
  const crumbs = [{ label: 'What was live', to: at ? `/as-of?at=${encodeURIComponent(at)}` : '/as-of' }];
  if (!isInstant(at)) {
    return (
      <Page title={wordOfStage(stageKey)} crumbs={crumbs}>
        <EmptyState>
          {at && `“${at}” is not a time. `}Say at which time, on the page before this one.
        </EmptyState>
      </Page>
    );
  }
  return (
    <Loaded query={query}>
      {({ stageAt: live, asOf: { nodes } }) =>
        isLive(live) ? (
          <Page
            title={`${live.workflow.name} in ${stageName(live)}: #${live.release.number} ${live.release.alias}`}
            crumbs={crumbs}
            summary={asOfWords(at)}
          >
            <Standing live={live} />
            {live.overlaidBy.length > 0 && (
              <Section title="What lay over it">
                <Overlaid row={live} />
              </Section>
            )}
            <Approvals live={live} />
            {live.definitions.map(({ revision }) => (
              <Section key={revision.id} title={`The stage then: revision ${String(revision.revision)}`}>
                <Facts facts={stageFacts(revision.definition as StageDefinition)} />
              </Section>
            ))}
            <Evidence live={live} />
          </Page>
        ) : (
          <Page title={wordOfStage(stageKey)} crumbs={crumbs} summary={`As of ${exactTime(at)}`}>
            <EmptyState>Nothing was live in this stage then, as far as you may see.</EmptyState>
            {nodes.map((row) => (
              <Section key={row.id} title="What lay over it">
                <Overlaid row={row} />
              </Section>
            ))}
          </Page>
        )
      }
    </Loaded>
  );
}

function Standing({ live }: { live: StageAtData }) {
  const { workflow, release, promotion, adoption, entry, endedBy } = live;
  return (
    <Section title="What was live">
      <Facts
        facts={[
          [
            'Release',
            <TextLink key="r" to={`/workflows/${workflow.id}/releases/${release.id}`}>
              #{release.number} {release.alias}
            </TextLink>,
          ],
          ['Digest', <Digest key="d" value={release.digest} />],
          ['Live since', bothTimes(live.since)],
          ['Live until', live.until ? bothTimes(live.until) : 'It is live still'],
          [originWord(live.origin), `by ${whoOf(entry)}`],
          promotion && [
            'On',
            <TextLink key="p" to={`/promotions/${promotion.id}`}>
              {promotionWords(live)}
            </TextLink>,
          ],
          promotion && ['Requested by', promotion.requestedBy.name],
          adoption && ['Because', adoption.reason],
          [
            'In the ledger',
            <TextLink key="e" to={`/ledger/${entry.id}`}>
              Entry {entry.seq}
            </TextLink>,
          ],
          endedBy && [
            'Ended by',
            <TextLink key="n" to={`/ledger/${endedBy.id}`}>
              {endedBy.summary}, entry {endedBy.seq}
            </TextLink>,
          ],
        ]}
      />
    </Section>
  );
}

function Approvals({ live }: { live: StageAtData }) {
  if (!live.promotion) return null;
  return (
    <Section title="Approvals that counted" flush>
      {live.reviews.length === 0 ? (
        <EmptyState>None.</EmptyState>
      ) : (
        <RowList label="Approvals">
          {live.reviews.map((review) => (
            <li key={review.id}>
              {review.reviewer.name} as {review.roles.map(wordOfRole).join(', ').toLowerCase()},{' '}
              {exactTime(review.createdAt)}
              {review.comment && `: ${review.comment}`}
            </li>
          ))}
        </RowList>
      )}
    </Section>
  );
}

function Evidence({ live: { readiness } }: { live: StageAtData }) {
  if (!readiness) return null;
  return (
    <Section
      title="Readiness that it was allowed on"
      aside={<Digest value={readiness.digest} label="readiness digest" />}
      intro={`Judged at ${utcTime(readiness.evaluatedAt)} by version ${String(readiness.checklistVersion)} of the checklist, shown as it was recorded. ${
        readiness.incompleteChecks === 0
          ? 'Every check that was asked for was complete.'
          : `${counted(readiness.incompleteChecks, 'check')} ${readiness.incompleteChecks === 1 ? 'was' : 'were'} incomplete.`
      }`}
      flush
    >
      <GateList gates={readiness.readiness.gates} />
    </Section>
  );
}
