import { z } from 'zod';
import { useNotify, usePermissions } from 'react-admin';
import { useForm } from 'react-hook-form';
import {
  WaiverRequestDocument,
  type CheckDefinitionFragment,
  type WaiverFieldsFragment,
} from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { ActForm } from '../form/act-form.js';
import { DateInput } from '../form/date-input.js';
import { TextInput } from '../form/text-input.js';
import { zodResolver } from '../form/zod-resolver.js';
import { counted } from '../live/live-words.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { WaiverItem } from './waiver-item.js';

interface Props {
  check: CheckDefinitionFragment;
  workflowId: string;
  waivers: WaiverFieldsFragment[];
}

interface Values {
  reason: string;
  expiresAt: string | null;
}

const shape = z.object({ reason: z.string().trim().min(1), expiresAt: z.string() });

/** A person's time-limited acceptance. It holds once a second person approves it; it shows as waived, never as passed. */
export function WaiverSection({ check, workflowId, waivers }: Props) {
  const { permissions } = usePermissions<string[]>();
  const standing = waivers.some(({ state }) => state === 'requested' || state === 'active');
  const mayRequest = !standing && (permissions?.includes('waiver.request') ?? false);
  if (waivers.length === 0 && !mayRequest) return null;
  return (
    <Section
      title="Waiver"
      intro={`Accepts the check incomplete for at most ${counted(check.waiverMaxDays, 'day')}, once a second person approves.`}
      flush
    >
      <RowList label="Waivers">
        {waivers.map((waiver) => (
          <WaiverItem key={waiver.id} waiver={waiver} />
        ))}
      </RowList>
      {mayRequest && <RequestForm check={check} workflowId={workflowId} />}
    </Section>
  );
}

function RequestForm({ check, workflowId }: Omit<Props, 'waivers'>) {
  const notify = useNotify();
  const act = useAct(WaiverRequestDocument, 'waiverRequest');
  const form = useForm<Values>({
    defaultValues: { reason: '', expiresAt: null },
    resolver: zodResolver(shape),
  });
  return (
    <div style={{ padding: '8px 16px 16px' }}>
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
    </div>
  );
}
