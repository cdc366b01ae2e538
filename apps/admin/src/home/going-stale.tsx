import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { HomeQuery } from '../api/generated/documents.js';
import { Age } from '../ui/age.js';
import { EmptyState } from '../ui/empty-state.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';

type Item = NonNullable<HomeQuery['viewer']>['goingStale'][number];

/** Evidence that is about to expire: renewing it now costs a minute, later it blocks a promotion. */
export function GoingStale({ items }: { items: Item[] }) {
  return (
    <Section
      title="Going stale"
      intro="Evidence that expires soon. It never takes anything down; it blocks the next widening."
      flush
    >
      {items.length === 0 ? (
        <EmptyState>No evidence of your workflows expires soon.</EmptyState>
      ) : (
        <RowList>
          {items.map((item) => (
            <Box
              component="li"
              key={item.link}
              sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5, rowGap: 0.25 }}
            >
              <code>{item.checkId}</code>
              <Box sx={{ flex: '1 1 200px' }}>
                <TextLink to={item.link}>{item.text}</TextLink>
                <Typography variant="caption" color="textSecondary" component="div">
                  {item.workflow.name}
                </Typography>
              </Box>
              <Typography variant="caption" color="textSecondary">
                expires <Age at={item.staleAt} />
              </Typography>
            </Box>
          ))}
        </RowList>
      )}
    </Section>
  );
}
