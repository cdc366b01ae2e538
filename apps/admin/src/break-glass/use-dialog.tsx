import { useState } from 'react';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useNotify } from 'react-admin';
import { PromotionBreakGlassDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import type { PromotionData } from '../promotions/promotion-page.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { ProblemList } from '../ui/problem-list.js';
import { wordOfStage } from '../workflows/stage-choices.js';

interface Props {
  promotion: PromotionData;
  offer: NonNullable<PromotionData['viewerBreakGlass']>;
  onClose: () => void;
}

/** Every check that is passed over is ticked by hand: nobody passes one without having read its name. */
export function UseDialog({ promotion, offer, onClose }: Props) {
  const [named, setNamed] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const notify = useNotify();
  const act = useAct(PromotionBreakGlassDocument, 'promotionBreakGlass');
  const stageName = wordOfStage(promotion.nextMove?.stageKey ?? promotion.toStageKey);
  const use = async () => {
    const { id: promotionId, digest: expectedDigest } = promotion;
    const grantId = offer.grant.id;
    const payload = await act.run({ promotionId, expectedDigest, grantId, checkIds: named, reason });
    if (!payload?.moved) return;
    notify(`#${String(promotion.release.number)} is live in ${stageName}, past ${named.join(', ')}.`, {
      type: 'warning',
    });
    onClose();
  };
  const complete = offer.checks.every((check) => named.includes(check.id));
  return (
    <ConfirmDialog
      open
      title={`Promote to ${stageName} past incomplete gates`}
      confirm="Use break-glass"
      danger
      pending={act.pending}
      disabled={!complete || reason.trim() === ''}
      onClose={onClose}
      onConfirm={() => void use()}
    >
      <Box sx={{ display: 'grid', gap: 2 }}>
        <p>
          Release #{promotion.release.number} {promotion.release.alias} becomes what {stageName} serves, at
          once. The grant is used up. Every page of this workflow says so until a different person than you
          and than who gave the grant has reviewed it, within a day; once that is overdue, nothing here widens
          or climbs.
        </p>
        <Box component="fieldset" sx={{ border: 0, p: 0, m: 0, display: 'grid', gap: 1 }}>
          <Box component="legend" sx={{ fontSize: '0.9rem', fontWeight: 600, mb: 0.5 }}>
            I pass over each of these
          </Box>
          {offer.checks.map((check) => (
            <div key={check.id}>
              <FormControlLabel
                label={`${check.id}: ${check.text}`}
                sx={{ alignItems: 'flex-start', '& .MuiCheckbox-root': { pt: 0.25 } }}
                control={
                  <Checkbox
                    size="small"
                    checked={named.includes(check.id)}
                    onChange={(event) =>
                      setNamed((before) =>
                        event.target.checked
                          ? [...before, check.id]
                          : before.filter((one) => one !== check.id),
                      )
                    }
                  />
                }
              />
              <Typography variant="body2" color="textSecondary" sx={{ pl: 4 }}>
                {check.reason}
              </Typography>
            </div>
          ))}
        </Box>
        <TextField
          label="Why it cannot wait"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          multiline
          minRows={2}
          required
        />
        <ProblemList problems={act.problems} />
      </Box>
    </ConfirmDialog>
  );
}
