import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { PromotionData } from '../promotions/promotion-page.js';
import { Age } from '../ui/age.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { UseDialog } from './use-dialog.js';

interface Props {
  promotion: PromotionData;
  /** The page still shows an earlier release: nobody moves what they are not reading. */
  moved: boolean;
}

/** For the person whose name a grant carries: what it would do here, or why it would do nothing. */
export function UseSection({ promotion, moved }: Props) {
  const [asking, setAsking] = useState(false);
  const offer = promotion.viewerBreakGlass;
  if (!offer) return null;
  const { incident, expiresAt } = offer.grant;
  return (
    <Section title="Break-glass" id="break-glass">
      <Box sx={{ display: 'grid', gap: 1.25 }}>
        <Typography variant="body2">
          A grant in your name, for{' '}
          <TextLink to={`/workflows/${promotion.workflow.id}/incidents/${incident.id}`}>
            incident #{incident.number}
          </TextLink>
          , ends <Age at={expiresAt} />. It admits one promotion.
        </Typography>
        {offer.obstacle && <Alert severity="info">{offer.obstacle}</Alert>}
        <Box>
          <Button
            variant="outlined"
            color="error"
            disabled={offer.obstacle !== null || moved}
            onClick={() => setAsking(true)}
          >
            Use break-glass
          </Button>
        </Box>
      </Box>
      {asking && <UseDialog promotion={promotion} offer={offer} onClose={() => setAsking(false)} />}
    </Section>
  );
}
