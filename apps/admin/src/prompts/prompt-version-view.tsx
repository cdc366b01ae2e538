import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import type { PromptVersionFullFragment } from '../api/generated/documents.js';
import { Age } from '../ui/age.js';
import { DiffView } from '../ui/diff-view.js';
import { Digest } from '../ui/digest.js';
import { Facts } from '../ui/facts.js';
import { Section } from '../ui/section.js';
import { HighlightedText } from './highlighted-text.js';
import { promptText } from './prompt-text.js';

interface Props {
  version: PromptVersionFullFragment;
  previous: PromptVersionFullFragment | null;
}

export function PromptVersionView({ version, previous }: Props) {
  return (
    <Box sx={{ minWidth: 0 }}>
      <Section title={`Version ${version.version}`}>
        <Box sx={{ display: 'grid', gap: 1.5 }}>
          {version.secretFindings.length > 0 && (
            <Alert severity="warning">
              This may hold a secret:{' '}
              {version.secretFindings.map((finding) => `${finding.kind} on line ${finding.line}`).join(', ')}.
            </Alert>
          )}
          <Facts
            facts={[
              ['Why', version.commitMessage],
              ['By', version.author.name],
              ['When', <Age key="a" at={version.createdAt} />],
              [
                'Variables',
                version.variables.length > 0
                  ? version.variables.map((name) => `{{${name}}}`).join(', ')
                  : 'None',
              ],
              ['Digest', <Digest key="d" value={version.digest} />],
            ]}
          />
          {version.format === 'text' && <HighlightedText text={version.text ?? ''} label="Prompt text" />}
          {version.messages?.map((message, index) => (
            <div key={index}>
              <Box component="h3" sx={{ m: 0, mb: 0.5, fontSize: '0.875rem', fontWeight: 600 }}>
                {message.role}
              </Box>
              <HighlightedText text={message.content} label={`${message.role} message`} />
            </div>
          ))}
        </Box>
      </Section>
      {previous && (
        <Section title={`Changed since version ${previous.version}`}>
          <DiffView
            before={promptText(previous)}
            after={promptText(version)}
            label={`version ${previous.version} to ${version.version}`}
          />
        </Section>
      )}
    </Box>
  );
}
