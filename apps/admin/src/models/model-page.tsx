import { useState } from 'react';
import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { usePermissions } from 'react-admin';
import { useParams } from 'react-router-dom';
import { ModelPageDocument, type ModelPageQuery } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { NotFound } from '../app/not-found.js';
import { EmptyState } from '../ui/empty-state.js';
import { LinkButton } from '../ui/link-button.js';
import { Loaded } from '../ui/loaded.js';
import { Page } from '../ui/page.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { VersionList } from '../ui/version-list.js';
import { ModelVersionView } from './model-version-view.js';

export function ModelPage() {
  const { modelId = '' } = useParams();
  const query = useApi(ModelPageDocument, { id: modelId });
  return (
    <Loaded query={query}>
      {({ modelConfig }) => (modelConfig ? <Loadable config={modelConfig} /> : <NotFound />)}
    </Loaded>
  );
}

function Loadable({ config }: { config: NonNullable<ModelPageQuery['modelConfig']> }) {
  const { permissions } = usePermissions<string[]>();
  const versions = config.versions.nodes;
  const [chosen, setChosen] = useState<string | null>(null);
  const version = versions.find(({ id }) => id === chosen) ?? versions[0];
  const previous = version && versions.find(({ version: number }) => number === version.version - 1);
  return (
    <Page
      title={config.name}
      crumbs={[{ label: 'Models', to: '/models' }]}
      summary={
        <Typography variant="body2">
          <code>
            {config.team.key}/{config.key}
          </code>{' '}
          of <TextLink to={`/teams/${config.team.id}`}>{config.team.name}</TextLink>
        </Typography>
      }
      actions={
        permissions?.includes('modelConfig.edit') && (
          <LinkButton to={`/models/${config.id}/new`} variant="contained" startIcon={<AddIcon />}>
            New version
          </LinkButton>
        )
      }
    >
      {version ? (
        <Box
          sx={{
            display: 'grid',
            alignItems: 'start',
            columnGap: 2,
            gridTemplateColumns: { xs: 'minmax(0,1fr)', md: '300px minmax(0,1fr)' },
          }}
        >
          <Section title="Versions" flush>
            <VersionList versions={versions} chosen={version.id} onChoose={setChosen} />
          </Section>
          <ModelVersionView version={version} previous={previous ?? null} />
        </Box>
      ) : (
        <Section title="Versions">
          <EmptyState action={<LinkButton to={`/models/${config.id}/new`}>Write version 1</LinkButton>}>
            There is no version yet.
          </EmptyState>
        </Section>
      )}
    </Page>
  );
}
