import { Fragment, type ReactNode } from 'react';
import Box from '@mui/material/Box';

export type Fact = [label: string, value: ReactNode] | null | false | '';

/** A definition list: labels beside values, below each other on a phone. Facts that are not there are left out. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', sm: 'minmax(120px, max-content) 1fr' },
        columnGap: 2.5,
        rowGap: { xs: 0.25, sm: 0.75 },
        fontSize: '0.875rem',
        '& dt': { color: 'text.secondary' },
        '& dd': { m: 0, mb: { xs: 1, sm: 0 }, overflowWrap: 'anywhere' },
      }}
    >
      {facts.map((fact) =>
        fact ? (
          <Fragment key={fact[0]}>
            <dt>{fact[0]}</dt>
            <dd>{fact[1]}</dd>
          </Fragment>
        ) : null,
      )}
    </Box>
  );
}
