import CancelIcon from '@mui/icons-material/CancelOutlined';
import CheckIcon from '@mui/icons-material/CheckCircleOutlined';
import ErrorIcon from '@mui/icons-material/ErrorOutlined';
import HistoryIcon from '@mui/icons-material/History';
import PendingIcon from '@mui/icons-material/PendingOutlined';
import RemoveIcon from '@mui/icons-material/RemoveCircleOutlined';
import TimerIcon from '@mui/icons-material/TimerOutlined';
import type { ReactNode } from 'react';
import type { CheckStatus } from '../api/generated/documents.js';
import { toneOfStatus } from '../app/status-colours.js';
import { ToneChip } from './tone-chip.js';

export const statusWords: Record<CheckStatus, string> = {
  pass: 'Pass',
  fail: 'Fail',
  pending: 'Pending',
  stale: 'Stale',
  error: 'Error',
  waived: 'Waived',
  not_applicable: 'Not applicable',
};

const icons: Record<CheckStatus, ReactNode> = {
  pass: <CheckIcon aria-hidden />,
  fail: <CancelIcon aria-hidden />,
  pending: <PendingIcon aria-hidden />,
  stale: <HistoryIcon aria-hidden />,
  error: <ErrorIcon aria-hidden />,
  waived: <TimerIcon aria-hidden />,
  not_applicable: <RemoveIcon aria-hidden />,
};

export function StatusChip({ status }: { status: CheckStatus }) {
  return (
    <ToneChip tone={toneOfStatus[status]} icon={icons[status]}>
      {statusWords[status]}
    </ToneChip>
  );
}
