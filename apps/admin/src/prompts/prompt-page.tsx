import { useState } from 'react';
import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { usePermissions } from 'react-admin';
import { useParams } from 'react-router-dom';
import { PromptPageDocument, type PromptPageQuery } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { NotFound } from '../app/not-found.js';
import { EmptyState } from '../ui/empty-state.js';
import { LinkButton } from '../ui/link-button.js';
import { Loaded } from '../ui/loaded.js';
import { Page } from '../ui/page.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { VersionList } from '../ui/version-list.js';
import { PromptVersionView } from './prompt-version-view.js';
import { UsedBy } from './used-by.js';

export function PromptPage() {
  const { promptId = '' } = useParams();
  const query = useApi(PromptPageDocument, { id: promptId });
  return (
    <Loaded query={query}>{({ prompt }) => (prompt ? <Loadable prompt={prompt} /> : <NotFound />)}</Loaded>
  );
}

function Loadable({ prompt }: { prompt: NonNullable<PromptPageQuery['prompt']> }) {
  const { permissions } = usePermissions<string[]>();
  const versions = prompt.versions.nodes;
  const [chosen, setChosen] = useState<string | null>(null);
  const version = versions.find(({ id }) => id === chosen) ?? versions[0];
  const previous = version && versions.find(({ version: number }) => number === version.version - 1);
  return (
    <Page
      title={prompt.name}
      crumbs={[{ label: 'Prompts', to: '/prompts' }]}
      summary={
        <Typography variant="body2">
          <code>
            {prompt.team.key}/{prompt.key}
          </code>{' '}
          of <TextLink to={`/teams/${prompt.team.id}`}>{prompt.team.name}</TextLink>
        </Typography>
      }
      actions={
        permissions?.includes('prompt.edit') && (
          <LinkButton to={`/prompts/${prompt.id}/new`} variant="contained" startIcon={<AddIcon />}>
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
          <Box>
            <Section title="Versions" flush>
              <VersionList versions={versions} chosen={version.id} onChoose={setChosen} />
            </Section>
            <UsedBy prompt={prompt} />
          </Box>
          <PromptVersionView version={version} previous={previous ?? null} />
        </Box>
      ) : (
        <Section title="Versions">
          <EmptyState action={<LinkButton to={`/prompts/${prompt.id}/new`}>Write version 1</LinkButton>}>
            There is no version yet.
          </EmptyState>
        </Section>
      )}
    </Page>
  );
}
