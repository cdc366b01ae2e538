import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { RollbackPageQuery } from '../api/generated/documents.js';
import { overlayWords } from '../live/live-words.js';
import { Age } from '../ui/age.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { ToneChip } from '../ui/tone-chip.js';
import { wordOfStage } from '../workflows/stage-choices.js';

type Rollback = NonNullable<RollbackPageQuery['rollback']>;

const endings: Record<string, string> = {
  fix: 'Ended by a fix',
  promotion: 'Ended by a promotion',
  overlayEnd: 'Ended by hand',
  superseded: 'Taken over by a later rollback',
};

/** Everything that a rollback left on stages, and how each of it ended. */
export function WhatItLeft({ rollback, workflowId }: { rollback: Rollback; workflowId: string }) {
  const overlays = inOrder(rollback.overlays, rollback.stageKeys);
  const holds = inOrder(rollback.holds, rollback.stageKeys);
  const quarantines = inOrder(rollback.quarantines, rollback.stageKeys);
  const lasting = [...overlays, ...holds].some(({ to }) => to === null);
  const open = lasting || quarantines.some(({ clearedAt }) => clearedAt === null);
  if (overlays.length + holds.length + quarantines.length === 0) return null;
  return (
    <Section
      title="What it left"
      intro={
        open ? (
          <>
            What lasts is ended under{' '}
            <TextLink to={`/workflows/${workflowId}/live`}>All that is live</TextLink>.
          </>
        ) : (
          'Nothing of it lasts.'
        )
      }
      flush
    >
      <RowList label="What it left">
        {overlays.map(({ id, kind, stageKey, to, endedBy }) => (
          <Row key={id} word="Overlay" about={`${overlayWords(kind)} in ${stageOf(stageKey)}`} until={to}>
            {endings[endedBy ?? ''] ?? 'Ended'}
          </Row>
        ))}
        {holds.map(({ id, stageKey, to, endedBy, liftedBy }) => (
          <Row key={id} word="Hold" about={`No promotion into ${wordOfStage(stageKey)}`} until={to}>
            {endedBy === 'fix' ? 'Lifted by a fix' : `Lifted by ${liftedBy?.name ?? 'somebody'}`}
          </Row>
        ))}
        {quarantines.map(({ id, stageKey, release, clearedAt, clearedBy }) => (
          <Row
            key={id}
            word="Quarantine"
            about={`#${String(release.number)} ${release.alias} in ${wordOfStage(stageKey)}`}
            until={clearedAt}
          >
            Cleared by {clearedBy?.name ?? 'somebody'}
          </Row>
        ))}
      </RowList>
    </Section>
  );
}

/** As the rollout goes; whoever is in no stage comes last. */
function inOrder<T extends { stageKey: string | null }>(
  all: readonly T[],
  stageKeys: readonly string[],
): T[] {
  const place = ({ stageKey }: T) => (stageKey === null ? stageKeys.length : stageKeys.indexOf(stageKey));
  return [...all].sort((a, b) => place(a) - place(b));
}

const stageOf = (key: string | null) => (key === null ? 'no stage' : wordOfStage(key));

interface RowProps {
  word: string;
  about: string;
  /** When it ended, or will; null: it lasts. */
  until: string | null;
  /** How it ended. */
  children: ReactNode;
}

function Row({ word, about, until, children }: RowProps) {
  return (
    <Box component="li" sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
      <ToneChip tone={until === null ? 'warn' : 'plain'}>{word}</ToneChip>
      <Box sx={{ flex: '1 1 200px', overflowWrap: 'anywhere' }}>
        <Typography variant="body2">{about}</Typography>
        <Typography variant="body2" color="textSecondary">
          {until === null ? (
            'Lasts'
          ) : (
            <>
              {children}, <Age at={until} />
            </>
          )}
        </Typography>
      </Box>
    </Box>
  );
}
