import { useEffect, type ReactNode } from 'react';
import Box from '@mui/material/Box';
import Breadcrumbs from '@mui/material/Breadcrumbs';
import Typography from '@mui/material/Typography';
import { TextLink } from './text-link.js';

export interface Crumb {
  label: string;
  to: string;
}

interface Props {
  title: string;
  /** Shown instead of the title in the heading, where it needs more than text. */
  heading?: ReactNode;
  crumbs?: Crumb[];
  actions?: ReactNode;
  summary?: ReactNode;
  children: ReactNode;
}

/** One screen: where we are, its one h1, what can be done here. */
export function Page({ title, heading, crumbs, actions, summary, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Holdpoint`;
  }, [title]);
  return (
    <Box sx={{ maxWidth: 1280, mx: 'auto', px: { xs: 1.5, sm: 3 }, py: { xs: 1.5, sm: 2.5 } }}>
      {crumbs && (
        <Breadcrumbs aria-label="Breadcrumb" sx={{ mb: 0.5, fontSize: '0.875rem' }}>
          {crumbs.map((crumb) => (
            <TextLink key={crumb.to} to={crumb.to}>
              {crumb.label}
            </TextLink>
          ))}
        </Breadcrumbs>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, mb: summary ? 0.75 : 2 }}>
        <Typography variant="h1" sx={{ flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
          {heading ?? title}
        </Typography>
        {actions && <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>{actions}</Box>}
      </Box>
      {summary && <Box sx={{ mb: 2 }}>{summary}</Box>}
      {children}
    </Box>
  );
}
