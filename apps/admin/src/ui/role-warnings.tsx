import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import type { RoleWarningFragment } from '../api/generated/documents.js';

/** Roles that are needed and that nobody, or only one person, holds: one box, however many. */
export function RoleWarnings({ warnings }: { warnings: readonly RoleWarningFragment[] }) {
  if (warnings.length === 0) return null;
  const nobody = warnings.some((warning) => warning.level === 'missing');
  return (
    <Alert severity={nobody ? 'warning' : 'info'} sx={{ mb: 2 }}>
      <Box component="ul" aria-label="Roles that are lacking" sx={{ m: 0, pl: warnings.length > 1 ? 2 : 0 }}>
        {warnings.map(({ role, message }) => (
          <Box
            component="li"
            key={`${role} ${message}`}
            sx={warnings.length > 1 ? {} : { listStyle: 'none' }}
          >
            {message}.
          </Box>
        ))}
      </Box>
    </Alert>
  );
}
