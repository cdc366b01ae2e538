import { modelConfigVersionCreate } from '@holdpoint/contract';
import { useForm } from 'react-hook-form';
import { useNavigate, useParams } from 'react-router-dom';
import {
  ModelConfigVersionCreateDocument,
  ModelPageDocument,
  type ModelPageQuery,
} from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { useApi } from '../api/use-api.js';
import { NotFound } from '../app/not-found.js';
import { ActForm } from '../form/act-form.js';
import { Columns } from '../form/columns.js';
import { JsonInput } from '../form/json-input.js';
import { TextInput } from '../form/text-input.js';
import { zodResolver } from '../form/zod-resolver.js';
import { Loaded } from '../ui/loaded.js';
import { Page } from '../ui/page.js';
import { Section } from '../ui/section.js';

interface Values {
  modelConfigId: string;
  expectedVersion: number;
  provider: string;
  model: string;
  parameters: unknown;
  aliasAcceptedReason: string | null;
  commitMessage: string;
}

export function ModelVersionNew() {
  const { modelId = '' } = useParams();
  const query = useApi(ModelPageDocument, { id: modelId });
  return (
    <Loaded query={query}>
      {({ modelConfig }) => (modelConfig ? <Editor config={modelConfig} /> : <NotFound />)}
    </Loaded>
  );
}

function Editor({ config }: { config: NonNullable<ModelPageQuery['modelConfig']> }) {
  const latest = config.versions.nodes[0];
  const navigate = useNavigate();
  const act = useAct(ModelConfigVersionCreateDocument, 'modelConfigVersionCreate');
  const form = useForm<Values>({
    defaultValues: {
      modelConfigId: config.id,
      expectedVersion: latest?.version ?? 0,
      provider: latest?.provider ?? '',
      model: latest?.model ?? '',
      parameters: latest?.parameters ?? { temperature: 0 },
      aliasAcceptedReason: latest?.aliasAcceptedReason ?? '',
      commitMessage: '',
    },
    resolver: zodResolver(modelConfigVersionCreate),
  });
  return (
    <Page
      title={`New version of ${config.name}`}
      crumbs={[
        { label: 'Models', to: '/models' },
        { label: config.name, to: `/models/${config.id}` },
      ]}
    >
      <Section
        title={`Version ${(latest?.version ?? 0) + 1}`}
        intro="Versions are never changed. A release pins one."
      >
        <ActForm
          form={form}
          act={act}
          submit="Save the version"
          input={(values) => ({ ...values, aliasAcceptedReason: values.aliasAcceptedReason || null })}
          onDone={() => void navigate(`/models/${config.id}`)}
        >
          <Columns>
            <TextInput name="provider" label="Provider" />
            <TextInput name="model" label="Model" help="The dated snapshot, not a name that moves" />
          </Columns>
          <JsonInput name="parameters" label="Parameters (JSON)" minRows={5} />
          <TextInput name="aliasAcceptedReason" label="If the name moves: why that is accepted" />
          <TextInput name="commitMessage" label="What changed and why" />
        </ActForm>
      </Section>
    </Page>
  );
}
