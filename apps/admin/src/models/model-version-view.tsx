import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import type { ModelVersionFullFragment } from '../api/generated/documents.js';
import { Age } from '../ui/age.js';
import { Digest } from '../ui/digest.js';
import { Facts } from '../ui/facts.js';
import { JsonChanges } from '../ui/json-changes.js';
import { Section } from '../ui/section.js';
import { valueText } from '../ui/value-text.js';

interface Props {
  version: ModelVersionFullFragment;
  previous: ModelVersionFullFragment | null;
}

const pinned = ({ provider, model, parameters }: ModelVersionFullFragment) => ({
  provider,
  model,
  parameters,
});

export function ModelVersionView({ version, previous }: Props) {
  return (
    <Box sx={{ minWidth: 0 }}>
      <Section title={`Version ${version.version}`}>
        {version.isAlias && (
          <Alert severity="warning" sx={{ mb: 1.5 }}>
            This name moves: the provider can change the model behind it. Accepted because:{' '}
            {version.aliasAcceptedReason ?? 'no reason given'}
          </Alert>
        )}
        <Facts
          facts={[
            ['Provider', version.provider],
            ['Model', <code key="m">{version.model}</code>],
            [
              'Parameters',
              <Box component="pre" key="p" sx={{ m: 0 }}>
                {valueText(version.parameters)}
              </Box>,
            ],
            ['Why', version.commitMessage],
            ['By', version.author.name],
            ['When', <Age key="a" at={version.createdAt} />],
            ['Digest', <Digest key="d" value={version.digest} />],
          ]}
        />
      </Section>
      {previous && (
        <Section title={`Changed since version ${previous.version}`}>
          <JsonChanges before={pinned(previous)} after={pinned(version)} />
        </Section>
      )}
    </Box>
  );
}
