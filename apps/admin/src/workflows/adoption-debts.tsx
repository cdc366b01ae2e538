import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { dayOf } from '../ui/time-words.js';
import { wordOfStage } from './stage-choices.js';
import type { WorkflowReadiness } from './readiness-screen.js';

/** What an adopted workflow still owes; it blocks widening. */
export function AdoptionDebts({ adoption }: { adoption: NonNullable<WorkflowReadiness['adoption']> }) {
  return (
    <Section
      title="Adopted, with debts"
      intro={`Recorded on ${dayOf(adoption.createdAt)} as live and ungated: ${adoption.reason}`}
      flush
    >
      <RowList>
        {adoption.debts.map((debt) => (
          <Box component="li" key={debt.checkId + debt.stageKey} sx={{ display: 'flex', gap: 1 }}>
            <code>{debt.checkId}</code>
            <Typography variant="body2" sx={{ flexGrow: 1 }}>
              for {wordOfStage(debt.stageKey)}
            </Typography>
            <Typography variant="body2" color="textSecondary">
              due {dayOf(debt.dueAt)}
            </Typography>
          </Box>
        ))}
      </RowList>
    </Section>
  );
}
