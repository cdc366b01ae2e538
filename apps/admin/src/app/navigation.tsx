import type { ReactNode } from 'react';
import DescriptionIcon from '@mui/icons-material/DescriptionOutlined';
import GroupsIcon from '@mui/icons-material/GroupsOutlined';
import HistoryIcon from '@mui/icons-material/HistoryOutlined';
import HomeIcon from '@mui/icons-material/HomeOutlined';
import KeyIcon from '@mui/icons-material/KeyOutlined';
import LedgerIcon from '@mui/icons-material/ReceiptLongOutlined';
import MemoryIcon from '@mui/icons-material/MemoryOutlined';
import OrganisationIcon from '@mui/icons-material/CorporateFareOutlined';
import PromotionIcon from '@mui/icons-material/MoveUpOutlined';
import WorkflowIcon from '@mui/icons-material/AccountTreeOutlined';
import Box from '@mui/material/Box';
import { NavLink } from 'react-router-dom';
import { useCan } from './use-can.js';

const places: [to: string, label: string, icon: ReactNode][] = [
  ['/', 'Home', <HomeIcon key="i" />],
  ['/workflows', 'Workflows', <WorkflowIcon key="i" />],
  ['/promotions', 'Promotions', <PromotionIcon key="i" />],
  ['/prompts', 'Prompts', <DescriptionIcon key="i" />],
  ['/models', 'Models', <MemoryIcon key="i" />],
  ['/teams', 'Teams', <GroupsIcon key="i" />],
  ['/organisation', 'Organisation', <OrganisationIcon key="i" />],
  ['/as-of', 'What was live', <HistoryIcon key="i" />],
  ['/ledger', 'Ledger', <LedgerIcon key="i" />],
];

const keys: (typeof places)[number] = ['/keys', 'API keys', <KeyIcon key="i" />];

const item = {
  display: 'flex',
  alignItems: 'center',
  gap: 1.25,
  minHeight: 40,
  px: 1.5,
  borderRadius: 1,
  color: 'text.primary',
  textDecoration: 'none',
  fontSize: '0.9rem',
  fontWeight: 520,
  '& svg': { fontSize: 20, color: 'text.secondary' },
  '&:hover': { bgcolor: 'action.hover' },
  '&.active': {
    bgcolor: 'action.selected',
    color: 'primary.main',
    fontWeight: 640,
    '& svg': { color: 'primary.main' },
  },
};

export function Navigation({ onNavigate }: { onNavigate?: () => void }) {
  const seesKeys = useCan('key.read');
  const shown = places.flatMap((place) => (place[0] === '/as-of' && seesKeys ? [keys, place] : [place]));
  return (
    <Box component="nav" aria-label="Main" sx={{ p: 1 }}>
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 0.25 }}>
        {shown.map(([to, label, icon]) => (
          <li key={to}>
            <Box component={NavLink} to={to} end={to === '/'} onClick={onNavigate} sx={item}>
              {icon}
              {label}
            </Box>
          </li>
        ))}
      </Box>
    </Box>
  );
}
