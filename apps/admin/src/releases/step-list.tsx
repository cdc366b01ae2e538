import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { StepFieldsFragment } from '../api/generated/documents.js';
import { RowList } from '../ui/row-list.js';
import { TextLink } from '../ui/text-link.js';
import { ToneChip } from '../ui/tone-chip.js';

/** The calls that a release makes, each with the prompt version and the model that it pins. */
export function StepList({ steps }: { steps: StepFieldsFragment[] }) {
  return (
    <RowList label="Steps">
      {steps.map(({ name, promptVersion, modelConfigVersion }) => (
        <Box
          component="li"
          key={name}
          sx={{
            display: 'grid',
            gridTemplateColumns: { xs: '1fr', sm: '120px 1fr 1fr' },
            columnGap: 2,
            rowGap: 0.5,
          }}
        >
          <Typography variant="body2" sx={{ fontWeight: 620 }}>
            {name}
          </Typography>
          <Typography variant="body2">
            Prompt <TextLink to={`/prompts/${promptVersion.prompt.id}`}>{promptVersion.prompt.name}</TextLink>{' '}
            version {promptVersion.version}
          </Typography>
          <Typography variant="body2" component="div">
            Model{' '}
            <TextLink to={`/models/${modelConfigVersion.modelConfig.id}`}>
              {modelConfigVersion.model}
            </TextLink>{' '}
            ({modelConfigVersion.provider}, version {modelConfigVersion.version}){' '}
            {modelConfigVersion.isAlias && <ToneChip tone="warn">Moving alias</ToneChip>}
            <Box
              component="code"
              sx={{ display: 'block', color: 'text.secondary', overflowWrap: 'anywhere' }}
            >
              {JSON.stringify(modelConfigVersion.parameters)}
            </Box>
          </Typography>
        </Box>
      ))}
    </RowList>
  );
}
