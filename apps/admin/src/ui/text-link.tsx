import type { ReactNode } from 'react';
import MuiLink from '@mui/material/Link';
import type { SxProps } from '@mui/material/styles';
import { Link } from 'react-router-dom';

interface Props {
  to: string;
  children: ReactNode;
  sx?: SxProps;
  'aria-label'?: string;
}

/** A link inside the console; one that leaves it opens as any link does. */
export function TextLink({ to, ...rest }: Props) {
  if (/^https?:\/\//.test(to)) return <MuiLink href={to} rel="noreferrer" {...rest} />;
  return <MuiLink component={Link} to={to} {...rest} />;
}
