import { z } from 'zod';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useNotify, usePermissions } from 'react-admin';
import { useForm } from 'react-hook-form';
import {
  WaiverApproveDocument,
  WaiverEndDocument,
  WaiverRequestDocument,
  type CheckDefinitionFragment,
  type CheckRowFragment,
} from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { ActForm } from '../form/act-form.js';
import { DateInput } from '../form/date-input.js';
import { TextInput } from '../form/text-input.js';
import { zodResolver } from '../form/zod-resolver.js';
import { ProblemList } from '../ui/problem-list.js';
import { Section } from '../ui/section.js';
import { dayOf } from '../ui/time-words.js';

interface Props {
  check: CheckDefinitionFragment;
  workflowId: string;
  waiver: CheckRowFragment['waiver'];
}

interface Values {
  reason: string;
  expiresAt: string | null;
}

const shape = z.object({ reason: z.string().trim().min(1), expiresAt: z.string() });

/** A person's time-limited acceptance. It holds once a second person approves it, and is shown as waived, never as passed. */
export function WaiverSection({ check, workflowId, waiver }: Props) {
  const { permissions } = usePermissions<string[]>();
  const notify = useNotify();
  const act = useAct(WaiverRequestDocument, 'waiverRequest');
  const form = useForm<Values>({
    defaultValues: { reason: '', expiresAt: null },
    resolver: zodResolver(shape),
  });
  if (waiver) return <Standing waiver={waiver} />;
  if (!permissions?.includes('waiver.request')) return null;
  return (
    <Section
      title="Waiver"
      intro={`Accepts the check incomplete for at most ${check.waiverMaxDays} days, once a second person approves.`}
    >
      <ActForm
        form={form}
        act={act}
        submit="Ask for a waiver"
        input={({ reason, expiresAt }) => ({
          workflowId,
          checkId: check.id,
          reason,
          expiresAt: expiresAt ?? '',
        })}
        onDone={() => {
          notify('Waiver asked for.', { type: 'success' });
          form.reset();
        }}
      >
        <TextInput name="reason" label="Why it is acceptable until then" multiline minRows={2} />
        <DateInput name="expiresAt" label="Until" />
      </ActForm>
    </Section>
  );
}

function Standing({ waiver }: { waiver: NonNullable<CheckRowFragment['waiver']> }) {
  const approve = useAct(WaiverApproveDocument, 'waiverApprove');
  const end = useAct(WaiverEndDocument, 'waiverEnd');
  return (
    <Section title="Waiver">
      <Typography variant="body2" sx={{ mb: 1 }}>
        Until {dayOf(waiver.expiresAt)}: {waiver.reason}
      </Typography>
      <ProblemList problems={[...approve.problems, ...end.problems]} />
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button
          variant="outlined"
          loading={approve.pending}
          onClick={() => void approve.run({ waiverId: waiver.id })}
        >
          Approve
        </Button>
        <Button
          variant="outlined"
          loading={end.pending}
          onClick={() => void end.run({ waiverId: waiver.id })}
        >
          End the waiver
        </Button>
      </Box>
    </Section>
  );
}
