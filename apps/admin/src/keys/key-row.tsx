import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { KeyRowFragment } from '../api/generated/documents.js';
import { Age } from '../ui/age.js';
import { TextLink } from '../ui/text-link.js';
import { dayOf } from '../ui/time-words.js';
import { ToneChip } from '../ui/tone-chip.js';
import { KeyRevokeDialog } from './key-revoke-dialog.js';
import { KeyRotateDialog } from './key-rotate-dialog.js';
import { kindWords, stateTones, stateWords } from './key-words.js';

/** One key: what it may do and where, who answers for it, when it was last used, and what can be done about it. */
export function KeyRow({ apiKey }: { apiKey: KeyRowFragment }) {
  const [open, setOpen] = useState<'rotate' | 'revoke' | null>(null);
  const close = () => setOpen(null);
  const usable = apiKey.state === 'active' || apiKey.state === 'ending';
  return (
    <Box component="li" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'start' }}>
      <Box sx={{ flex: '1 1 260px', minWidth: 0 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
          <Box component="span" sx={{ fontWeight: 600 }}>
            {apiKey.name}
          </Box>
          <ToneChip tone={stateTones[apiKey.state]}>{stateWords[apiKey.state]}</ToneChip>
          {!apiKey.answeredFor && usable && <ToneChip tone="warn">Nobody answers for it</ToneChip>}
        </Box>
        <Typography variant="body2" component="div" sx={{ mt: 0.5, overflowWrap: 'anywhere' }}>
          {kindWords[apiKey.kind]} in {apiKey.environment} with {apiKey.scopes.join(', ')}, for{' '}
          <Places apiKey={apiKey} />
        </Typography>
        <Typography variant="caption" color="textSecondary" component="div">
          <code>{apiKey.prefix}…</code>, made by {apiKey.createdBy.name} <Age at={apiKey.createdAt} />;{' '}
          {apiKey.lastUsedAt ? (
            <>
              last used <Age at={apiKey.lastUsedAt} />
            </>
          ) : (
            'never used'
          )}
          ; {apiKey.revokedAt ? `revoked on ${dayOf(apiKey.revokedAt)}` : endOf(apiKey)}
        </Typography>
      </Box>
      <Box sx={{ display: 'flex', gap: 0.5 }}>
        {apiKey.viewerCanRotate && (
          <Button size="small" aria-label={`Rotate ${apiKey.name}`} onClick={() => setOpen('rotate')}>
            Rotate
          </Button>
        )}
        {apiKey.viewerCanRevoke && (
          <Button
            size="small"
            color="error"
            aria-label={`Revoke ${apiKey.name}`}
            onClick={() => setOpen('revoke')}
          >
            Revoke
          </Button>
        )}
      </Box>
      {open === 'rotate' && <KeyRotateDialog apiKey={apiKey} onClose={close} />}
      {open === 'revoke' && <KeyRevokeDialog apiKey={apiKey} onClose={close} />}
    </Box>
  );
}

const endOf = ({ state, expiresAt }: KeyRowFragment) =>
  `${state === 'expired' ? 'ended' : 'ends'} on ${dayOf(expiresAt)}`;

function Places({ apiKey }: { apiKey: KeyRowFragment }) {
  const places = [
    ...apiKey.teams.map(({ id, name }) => ({ to: `/teams/${id}`, label: name })),
    ...apiKey.workflows.map(({ id, fullKey }) => ({ to: `/workflows/${id}`, label: fullKey })),
  ];
  if (places.length === 0) return 'a workflow that you do not see';
  return places.map(({ to, label }, index) => (
    <span key={to}>
      {index > 0 && ', '}
      <TextLink to={to}>{label}</TextLink>
    </span>
  ));
}
