import Button, { type ButtonProps } from '@mui/material/Button';
import { Link } from 'react-router-dom';

/** A link that looks like a button, because it leads to an act. */
export function LinkButton({ to, ...rest }: Omit<ButtonProps, 'href'> & { to: string }) {
  return <Button component={Link} to={to} {...rest} />;
}
