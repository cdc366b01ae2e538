import { operatingRecord, type OperatingRecordContent } from '@holdpoint/contract';
import { useNotify } from 'react-admin';
import { useForm } from 'react-hook-form';
import {
  OperatingPageDocument,
  OperatingRecordSaveDocument,
  TeamChoicesDocument,
  type OperatingPageQuery,
} from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { useApi } from '../api/use-api.js';
import { ActForm } from '../form/act-form.js';
import { withoutBlanks } from '../form/blank.js';
import { zodResolver } from '../form/zod-resolver.js';
import { Age } from '../ui/age.js';
import { Loaded } from '../ui/loaded.js';
import { Section } from '../ui/section.js';
import type { WorkflowHeader } from '../workflows/workflow-pages.js';
import { OperatingFields } from './operating-fields.js';

type Operating = NonNullable<OperatingPageQuery['workflow']>;

/** Who runs the workflow. In no release digest: saving it voids no approval. */
export function OperatingScreen({ workflow }: { workflow: WorkflowHeader }) {
  const query = useApi(OperatingPageDocument, { id: workflow.id });
  return (
    <Loaded query={query}>
      {(data) =>
        data.workflow && (
          <OperatingForm key={data.workflow.operating?.version ?? 0} workflow={data.workflow} />
        )
      }
    </Loaded>
  );
}

function OperatingForm({ workflow }: { workflow: Operating }) {
  const record = workflow.operating;
  const notify = useNotify();
  const teams = useApi(TeamChoicesDocument, {}).data?.teams.nodes ?? [workflow.team];
  const act = useAct(OperatingRecordSaveDocument, 'operatingRecordSave');
  const form = useForm<OperatingRecordContent>({
    defaultValues: (record?.content as OperatingRecordContent | undefined) ?? blank(workflow.team.key),
    resolver: zodResolver(operatingRecord),
  });
  return (
    <Section
      title="Who runs it"
      intro={
        record ? (
          <>
            Version {record.version}, <Age at={record.createdAt} /> by {record.author.name}. Changing it voids
            no approval.
          </>
        ) : (
          'Not written yet. Changing it later voids no approval.'
        )
      }
    >
      <ActForm
        form={form}
        act={act}
        submit="Save a new version"
        input={(values) => ({
          workflowId: workflow.id,
          expectedVersion: record?.version ?? 0,
          content: withoutBlanks(values),
        })}
        onDone={() => notify('Operating record saved.', { type: 'success' })}
      >
        <fieldset
          disabled={!workflow.viewerCanEdit}
          aria-label="Operating record"
          style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}
        >
          <OperatingFields
            people={peopleOf(workflow)}
            teams={teams.map(({ key, name }) => ({ value: key, label: name }))}
          />
        </fieldset>
      </ActForm>
    </Section>
  );
}

function blank(ownerTeam: string): OperatingRecordContent {
  return { ownerTeam, accountableUserId: '', escalationContact: '', duties: [], providers: [] };
}

function peopleOf(workflow: Operating) {
  const people = new Map(workflow.team.members.map(({ user }) => [user.id, user.name]));
  return [...people].map(([value, label]) => ({ value, label }));
}
