import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ChangeFragment, DiffFieldsFragment } from '../api/generated/documents.js';
import { DiffView } from '../ui/diff-view.js';
import { EmptyState } from '../ui/empty-state.js';
import { ToneChip } from '../ui/tone-chip.js';
import type { Tone } from '../app/status-colours.js';
import { groupChanges, wordOfComponent } from './change-words.js';

const kinds: Record<string, [word: string, tone: Tone]> = {
  added: ['Added', 'good'],
  removed: ['Removed', 'bad'],
  changed: ['Changed', 'warn'],
};

/** Every field in which two releases differ, the most dangerous first. */
export function ReleaseDiffList({ diff }: { diff: DiffFieldsFragment }) {
  if (diff.changes.length === 0) {
    return (
      <EmptyState>
        {diff.from
          ? 'No field differs.'
          : 'Nothing is live and it has no parent: there is nothing to compare with.'}
      </EmptyState>
    );
  }
  return groupChanges(diff.changes).map((group) => (
    <Box key={group.title} component="section" aria-label={group.title} sx={{ px: 2, pb: 2 }}>
      <Typography variant="h3" sx={{ mb: 1 }}>
        {group.title} ({group.changes.length})
      </Typography>
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        {group.changes.map((change) => (
          <FieldChange key={change.component + change.path} change={change} />
        ))}
      </Box>
    </Box>
  ));
}

function FieldChange({ change }: { change: ChangeFragment }) {
  const [word, tone] = kinds[change.kind] ?? [change.kind, 'plain'];
  return (
    <div>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, mb: 0.5 }}>
        <ToneChip tone={tone}>{word}</ToneChip>
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          {wordOfComponent(change.component)} <code>{change.path}</code>
        </Typography>
      </Box>
      <DiffView
        before={change.before}
        after={change.after}
        label={`${wordOfComponent(change.component)} ${change.path}`}
      />
    </div>
  );
}
