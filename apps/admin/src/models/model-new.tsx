import { useNavigate } from 'react-router-dom';
import { ModelConfigCreateDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { NamedThingForm } from '../form/named-thing-form.js';
import { Page } from '../ui/page.js';
import { Section } from '../ui/section.js';

export function ModelNew() {
  const navigate = useNavigate();
  const act = useAct(ModelConfigCreateDocument, 'modelConfigCreate');
  return (
    <Page title="New model config" crumbs={[{ label: 'Models', to: '/models' }]}>
      <Section title="What it is called" intro="Provider, model and parameters come next, as version 1.">
        <NamedThingForm
          act={act}
          onDone={({ modelConfig }) => modelConfig && void navigate(`/models/${modelConfig.id}/new`)}
        />
      </Section>
    </Page>
  );
}
