import { z } from 'zod';
import { evidenceKind } from '@holdpoint/contract';
import { useNotify } from 'react-admin';
import { useForm, useWatch } from 'react-hook-form';
import { AnswerCheckDocument, type CheckDefinitionFragment } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { ActForm } from '../form/act-form.js';
import { ChoiceInput } from '../form/choice-input.js';
import { Columns } from '../form/columns.js';
import { DateInput } from '../form/date-input.js';
import { RowFields } from '../form/row-fields.js';
import { TextInput } from '../form/text-input.js';
import { zodResolver } from '../form/zod-resolver.js';
import { Section } from '../ui/section.js';
import { answerWords } from './check-words.js';

interface Values {
  answer: string;
  comment?: string;
  evidence: { kind: string; value: string; dueAt?: string | null }[];
}

const shape = z.object({
  answer: z.enum(['yes', 'no', 'not_applicable'], 'Choose an answer'),
  comment: z.string().max(5000).optional(),
  evidence: z
    .array(z.object({ kind: evidenceKind, value: z.string().min(1), dueAt: z.string().optional() }))
    .max(20),
});
const answers = Object.entries(answerWords).map(([value, label]) => ({ value, label }));
const kindWords: Record<string, string> = {
  comment: 'Comment',
  url: 'Link',
  file: 'File digest',
  ticket: 'Ticket',
};

interface Props {
  check: CheckDefinitionFragment;
  /** null: the answer of the organisation, which every workflow inherits. */
  workflowId: string | null;
  releaseId: string | null;
}

export function AnswerForm({ check, workflowId, releaseId }: Props) {
  const notify = useNotify();
  const act = useAct(AnswerCheckDocument, 'checkAnswer');
  const kinds = [...new Set([...check.evidenceKinds, 'comment', 'ticket'])].map((value) => ({
    value,
    label: kindWords[value] ?? value,
  }));
  const form = useForm<Values>({
    defaultValues: {
      answer: '',
      comment: '',
      evidence: [{ kind: check.evidenceKinds[0] ?? 'comment', value: '' }],
    },
    resolver: zodResolver(shape),
  });
  const evidence = useWatch({ control: form.control, name: 'evidence' });
  return (
    <Section title="Answer" intro={check.evidenceDescription ?? 'Say what the answer rests on.'}>
      <ActForm
        form={form}
        act={act}
        submit="Give this answer"
        input={({ answer, comment = '', evidence: items }) => ({
          workflowId,
          checkId: check.id,
          releaseId: workflowId === null ? null : releaseId,
          answer,
          comment,
          evidence: items.map(({ kind, value, dueAt }) => ({ kind, value, dueAt: dueAt ?? null })),
        })}
        onDone={() => {
          notify('Answer given.', { type: 'success' });
          form.reset();
        }}
      >
        <ChoiceInput
          name="answer"
          label="Answer"
          choices={answers}
          help="Not applicable needs a reason, and an approver."
        />
        <TextInput name="comment" label="Comment" multiline minRows={2} />
        <RowFields
          name="evidence"
          label="Evidence"
          row="Evidence"
          blank={{ kind: check.evidenceKinds[0] ?? 'comment', value: '' }}
        >
          {(path, index) => (
            <Columns min={140}>
              <ChoiceInput name={`${path}.kind`} label="Kind" choices={kinds} />
              <TextInput name={`${path}.value`} label="Link, digest or words" />
              {evidence[index]?.kind === 'ticket' && <DateInput name={`${path}.dueAt`} label="Due" />}
            </Columns>
          )}
        </RowFields>
      </ActForm>
    </Section>
  );
}
