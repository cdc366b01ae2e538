import { useNavigate } from 'react-router-dom';
import { PromptCreateDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { NamedThingForm } from '../form/named-thing-form.js';
import { Page } from '../ui/page.js';
import { Section } from '../ui/section.js';

export function PromptNew() {
  const navigate = useNavigate();
  const act = useAct(PromptCreateDocument, 'promptCreate');
  return (
    <Page title="New prompt" crumbs={[{ label: 'Prompts', to: '/prompts' }]}>
      <Section title="What it is called" intro="Its text comes next, as version 1.">
        <NamedThingForm
          act={act}
          onDone={({ prompt }) => prompt && void navigate(`/prompts/${prompt.id}/new`)}
        />
      </Section>
    </Page>
  );
}
