import { messageRoles, promptVersionCreate, type MessageRole } from '@holdpoint/contract';
import { useForm, useWatch } from 'react-hook-form';
import { useNavigate, useParams } from 'react-router-dom';
import {
  PromptPageDocument,
  PromptVersionCreateDocument,
  type PromptPageQuery,
} from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { useApi } from '../api/use-api.js';
import { NotFound } from '../app/not-found.js';
import { ActForm } from '../form/act-form.js';
import { ChoiceInput } from '../form/choice-input.js';
import { RowFields } from '../form/row-fields.js';
import { TextInput } from '../form/text-input.js';
import { zodResolver } from '../form/zod-resolver.js';
import { DiffView } from '../ui/diff-view.js';
import { Loaded } from '../ui/loaded.js';
import { Page } from '../ui/page.js';
import { Section } from '../ui/section.js';
import { promptText, variablesOf } from './prompt-text.js';

interface Values {
  promptId: string;
  expectedVersion: number;
  format: 'text' | 'chat';
  text: string | null;
  messages: { role: MessageRole; content: string }[] | null;
  commitMessage: string;
}

const formats = [
  { value: 'text', label: 'Text' },
  { value: 'chat', label: 'Chat messages' },
];
const roles = messageRoles.map((role) => ({ value: role, label: role }));

export function PromptVersionNew() {
  const { promptId = '' } = useParams();
  const query = useApi(PromptPageDocument, { id: promptId });
  return (
    <Loaded query={query}>{({ prompt }) => (prompt ? <Editor prompt={prompt} /> : <NotFound />)}</Loaded>
  );
}

function Editor({ prompt }: { prompt: NonNullable<PromptPageQuery['prompt']> }) {
  const latest = prompt.versions.nodes[0];
  const navigate = useNavigate();
  const act = useAct(PromptVersionCreateDocument, 'promptVersionCreate');
  const form = useForm<Values>({
    defaultValues: {
      promptId: prompt.id,
      expectedVersion: latest?.version ?? 0,
      format: latest?.format ?? 'text',
      text: latest?.text ?? '',
      messages: latest?.messages ?? [{ role: 'system', content: '' }],
      commitMessage: '',
    },
    resolver: (values, context, options) =>
      zodResolver<Values>(promptVersionCreate)(contentOf(values), context, options),
  });
  const values = useWatch({ control: form.control }) as Values;
  const text = promptText(values);
  const variables = variablesOf(text);
  return (
    <Page
      title={`New version of ${prompt.name}`}
      crumbs={[
        { label: 'Prompts', to: '/prompts' },
        { label: prompt.name, to: `/prompts/${prompt.id}` },
      ]}
    >
      <Section
        title={`Version ${(latest?.version ?? 0) + 1}`}
        intro="Versions are never changed. Workflows that use this prompt are offered the new one and take nothing up by themselves."
      >
        <ActForm
          form={form}
          act={act}
          submit="Save the version"
          input={contentOf}
          onDone={() => void navigate(`/prompts/${prompt.id}`)}
        >
          <ChoiceInput name="format" label="Format" choices={formats} />
          {values.format === 'text' ? (
            <TextInput
              name="text"
              label="Text"
              help="Variables in double braces: {{ticket}}"
              multiline
              minRows={10}
              monospace
            />
          ) : (
            <RowFields name="messages" label="Messages" row="Message" blank={{ role: 'user', content: '' }}>
              {(path) => (
                <>
                  <ChoiceInput name={`${path}.role`} label="Role" choices={roles} />
                  <TextInput name={`${path}.content`} label="Content" multiline minRows={4} monospace />
                </>
              )}
            </RowFields>
          )}
          <div>
            Variables: {variables.length > 0 ? variables.map((name) => `{{${name}}}`).join(', ') : 'none'}
          </div>
          <TextInput name="commitMessage" label="What changed and why" />
        </ActForm>
      </Section>
      {latest && (
        <Section title={`Changed since version ${latest.version}`}>
          {promptText(latest) === text ? (
            'Nothing yet.'
          ) : (
            <DiffView before={promptText(latest)} after={text} label="your changes" />
          )}
        </Section>
      )}
    </Page>
  );
}

/** Only the content of the chosen format is sent. */
function contentOf(values: Values): Values {
  return {
    ...values,
    text: values.format === 'text' ? values.text : null,
    messages: values.format === 'chat' ? values.messages : null,
  };
}
