import Box from '@mui/material/Box';
import type { CheckRowFragment } from '../api/generated/documents.js';
import { TextLink } from './text-link.js';

/** What a status rests on. Only web addresses and console paths become links. */
export function EvidenceLinks({ evidence }: { evidence: CheckRowFragment['evidence'] }) {
  if (evidence.length === 0) return null;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5, fontSize: '0.8125rem' }}>
      {evidence.map((item, index) =>
        item.href && /^(https?:\/\/|\/)/.test(item.href) ? (
          <TextLink
            key={index}
            to={item.href}
            sx={{ display: 'inline-flex', alignItems: 'center', minHeight: 24, overflowWrap: 'anywhere' }}
          >
            {item.label}
          </TextLink>
        ) : (
          <Box component="span" key={index} sx={{ color: 'text.secondary' }}>
            {item.label}
          </Box>
        ),
      )}
    </Box>
  );
}
