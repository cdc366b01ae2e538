import { useEffect, useRef } from 'react';
import Box from '@mui/material/Box';
import { NavLink, useLocation } from 'react-router-dom';
import type { WorkflowHeader } from './workflow-pages.js';

const screens: [path: string, label: string][] = [
  ['', 'Readiness'],
  ['live', 'Live'],
  ['contract', 'Contract'],
  ['operating', 'Who runs it'],
  ['releases', 'Releases'],
  ['evals', 'Evals'],
  ['checks', 'Checks'],
  ['stages', 'Stages'],
  ['incidents', 'Incidents'],
  ['activity', 'Activity'],
];

/** Screens that are reached from what is live. */
const beneathLive = /^\/workflows\/[^/]+\/(rollbacks|retire)(\/|$)/;

const link = {
  display: 'inline-flex',
  alignItems: 'center',
  minHeight: 42,
  px: 1.5,
  color: 'text.secondary',
  textDecoration: 'none',
  fontSize: '0.9rem',
  fontWeight: 560,
  whiteSpace: 'nowrap',
  borderBottom: '2px solid transparent',
  '&:hover': { color: 'text.primary' },
  '&.active': { color: 'primary.main', borderBottomColor: 'primary.main' },
  '&:focus-visible': { outlineOffset: -2 },
};

export function WorkflowNavigation({ workflow }: { workflow: WorkflowHeader }) {
  const bar = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // On a phone the bar is wider than the screen: bring the current screen's name into it.
  useEffect(() => {
    bar.current?.querySelector('.active')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [pathname]);
  return (
    <Box
      component="nav"
      ref={bar}
      aria-label="Workflow"
      sx={{
        display: 'flex',
        overflowX: 'auto',
        borderBottom: 1,
        borderColor: 'divider',
        mb: 2,
        mx: { xs: -1.5, sm: 0 },
        px: { xs: 0.5, sm: 0 },
      }}
    >
      {screens.map(([path, label]) => (
        <Box
          key={path}
          component={NavLink}
          to={`/workflows/${workflow.id}${path && `/${path}`}`}
          end={path === ''}
          className={path === 'live' && beneathLive.test(pathname) ? 'active' : undefined}
          sx={link}
        >
          {label}
        </Box>
      ))}
    </Box>
  );
}
