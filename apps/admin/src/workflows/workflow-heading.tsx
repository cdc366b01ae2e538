import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { TextLink } from '../ui/text-link.js';
import { TierChip } from '../ui/tier-chip.js';
import { ToneChip } from '../ui/tone-chip.js';
import { RaiseTier } from './raise-tier.js';
import { RetiredChip } from './retired-chip.js';
import type { WorkflowHeader } from './workflow-pages.js';

/** Key, tier with its reasons, owner: what a reader needs before anything else on a workflow's screens. */
export function WorkflowHeading({ workflow }: { workflow: WorkflowHeader }) {
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1.25, rowGap: 0.5 }}>
        <code>{workflow.fullKey}</code>
        <TierChip tier={workflow.riskTier} />
        {workflow.restricted && <ToneChip tone="plain">Restricted</ToneChip>}
        {workflow.openIncidents.map((incident) => (
          <TextLink key={incident.id} to={`/workflows/${workflow.id}/incidents/${incident.id}`}>
            Incident #{incident.number} {incident.state}
          </TextLink>
        ))}
        <RetiredChip at={workflow.retiredAt} />
        <Typography variant="body2" component="span">
          Owned by <TextLink to={`/teams/${workflow.team.id}`}>{workflow.team.name}</TextLink>
        </Typography>
        <TextLink to={`/as-of?workflow=${workflow.id}`}>As of…</TextLink>
        <RaiseTier workflow={workflow} />
      </Box>
      {workflow.description && (
        <Typography variant="body2" color="textSecondary" sx={{ mt: 0.5, maxWidth: '80ch' }}>
          {workflow.description}
        </Typography>
      )}
      {workflow.riskTierReasons.length > 0 && (
        <Typography variant="body2" color="textSecondary" sx={{ mt: 0.5, maxWidth: '100ch' }}>
          Tier because: {workflow.riskTierReasons.join('; ')}.
        </Typography>
      )}
    </>
  );
}
