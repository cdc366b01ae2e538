import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useGetIdentity, usePermissions } from 'react-admin';
import {
  WaiverApproveDocument,
  WaiverEndDocument,
  type WaiverFieldsFragment,
} from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import type { Tone } from '../app/status-colours.js';
import { ProblemList } from '../ui/problem-list.js';
import { dayOf } from '../ui/time-words.js';
import { ToneChip } from '../ui/tone-chip.js';

const states: Record<WaiverFieldsFragment['state'], [word: string, tone: Tone]> = {
  requested: ['Asked for', 'wait'],
  active: ['Holds', 'lent'],
  expired: ['Expired', 'warn'],
  ended: ['Ended', 'plain'],
};

export function WaiverItem({ waiver }: { waiver: WaiverFieldsFragment }) {
  const { permissions } = usePermissions<string[]>();
  const { identity } = useGetIdentity();
  const approve = useAct(WaiverApproveDocument, 'waiverApprove');
  const end = useAct(WaiverEndDocument, 'waiverEnd');
  const [word, tone] = states[waiver.state];
  const isMine = identity?.id === waiver.requestedBy.id;
  const mayApprove = waiver.state === 'requested' && !isMine && permissions?.includes('waiver.approve');
  const mayEnd =
    (waiver.state === 'requested' || waiver.state === 'active') && permissions?.includes('waiver.end');
  return (
    <li>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
        <ToneChip tone={tone}>{word}</ToneChip>
        <Typography variant="body2">
          until {dayOf(waiver.expiresAt)}, asked for by {waiver.requestedBy.name}
          {waiver.approvedBy && `, approved by ${waiver.approvedBy.name}`}
        </Typography>
      </Box>
      <Typography variant="body2" sx={{ my: 0.5 }}>
        {waiver.reason}
      </Typography>
      <ProblemList problems={[...approve.problems, ...end.problems]} />
      <Box sx={{ display: 'flex', gap: 1 }}>
        {mayApprove && (
          <Button
            size="small"
            variant="outlined"
            loading={approve.pending}
            onClick={() => void approve.run({ waiverId: waiver.id })}
          >
            Approve
          </Button>
        )}
        {mayEnd && (
          <Button size="small" loading={end.pending} onClick={() => void end.run({ waiverId: waiver.id })}>
            End the waiver
          </Button>
        )}
      </Box>
    </li>
  );
}
