import type { ReactNode } from 'react';
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';

export interface PlainColumn<T> {
  label: string;
  numeric?: boolean;
  cell: (row: T) => ReactNode;
}

interface Props<T> {
  label: string;
  columns: PlainColumn<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string | number;
}

/** Below this many pixels of its own width a table's rows become blocks, each cell beside its column's label. */
const narrow = '@container (max-width: 599.95px)';

const stacked = {
  '& table, & tbody, & tr, & th, & td': { display: 'block' },
  '& thead': { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' },
  '& tbody tr': { py: 1, borderTop: 1, borderColor: 'divider' },
  '& tbody th, & tbody td': { border: 0, py: 0.25, textAlign: 'left', overflowWrap: 'anywhere' },
  '& tbody td': { display: 'grid', gridTemplateColumns: 'minmax(88px, 36%) minmax(0, 1fr)', columnGap: 1 },
  '& .cell-label': { display: 'block', color: 'text.secondary' },
};

/**
 * A table to be read; the first cell of a row is its name. Where it has little room its rows become blocks (the roles are
 * said outright, as browsers forget them with `display`); what is still too wide scrolls sideways by itself.
 */
export function PlainTable<T>({ label, columns, rows, rowKey }: Props<T>) {
  return (
    <Box sx={{ containerType: 'inline-size' }}>
      <Box
        role="group"
        aria-label={`${label}, scrolls sideways`}
        tabIndex={0}
        sx={{
          overflowX: 'auto',
          position: 'relative',
          '& .cell-label': { display: 'none' },
          [narrow]: stacked,
        }}
      >
        <Table size="small" aria-label={label} role="table">
          <TableHead role="rowgroup">
            <TableRow role="row">
              {columns.map((column) => (
                <TableCell key={column.label} role="columnheader" align={column.numeric ? 'right' : 'left'}>
                  {column.label}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody role="rowgroup">
            {rows.map((row) => (
              <TableRow key={rowKey(row)} role="row">
                {columns.map((column, index) => (
                  <TableCell
                    key={column.label}
                    component={index === 0 ? 'th' : 'td'}
                    role={index === 0 ? 'rowheader' : 'cell'}
                    scope={index === 0 ? 'row' : undefined}
                    align={column.numeric ? 'right' : 'left'}
                    sx={column.numeric ? { fontVariantNumeric: 'tabular-nums' } : undefined}
                  >
                    {index > 0 && (
                      <span className="cell-label" aria-hidden>
                        {column.label}
                      </span>
                    )}
                    <span>{column.cell(row)}</span>
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
    </Box>
  );
}
