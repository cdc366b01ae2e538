import { useId, useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import {
  OverlayEndDocument,
  OverlayEndPreviewDocument,
  type OverlayEndPreviewQuery,
} from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { useApi } from '../api/use-api.js';
import { WaitsForList } from '../promotions/waits-for-list.js';
import { Loaded } from '../ui/loaded.js';
import { ReasonDialog } from './reason-dialog.js';

interface Props {
  id: string;
  stageName: string;
  onClose: () => void;
}

/** Ends an overlay for exactly the release that is shown to be served then. Closed while its gates are incomplete. */
export function EndDialog({ id, stageName, onClose }: Props) {
  const query = useApi(OverlayEndPreviewDocument, { overlayId: id });
  const preview = query.data?.overlayEndPreview ?? null;
  const act = useAct(OverlayEndDocument, 'overlayEnd');
  const [blocked, setBlocked] = useState(false);
  const end = async () => {
    setBlocked(false);
    const payload = await act.run({ overlayId: id, expectedDigest: preview?.release?.digest ?? null });
    if (!payload) return;
    if (payload.overlay?.to) onClose();
    // What the preview shows from now on says which gate it was.
    else setBlocked(true);
  };
  const open = preview?.readiness ? !preview.readiness.complete : false;
  return (
    <ReasonDialog
      title="End the overlay"
      about="What lies below is served again, at once. The gates are judged for it in the same moment; nothing ends while one is incomplete."
      confirm="End"
      pending={act.pending}
      disabled={preview === null || open || preview.blockers.length > 0}
      problems={act.problems}
      onClose={onClose}
      onConfirm={() => void end()}
    >
      <Loaded query={query}>{() => <WouldBe preview={preview} stageName={stageName} />}</Loaded>
      {blocked && (
        <Alert severity="error" role="alert">
          Not ended: a gate is not complete any more.
        </Alert>
      )}
    </ReasonDialog>
  );
}

interface WouldBeProps {
  preview: OverlayEndPreviewQuery['overlayEndPreview'];
  stageName: string;
}

/** It is in its stage; whether it may enter is not asked. */
const inPlace = { ok: true, code: null, message: null };

/** What would be served, and what forbids it. */
function WouldBe({ preview, stageName }: WouldBeProps) {
  const waitsId = useId();
  if (!preview) return <Alert severity="info">It has ended already.</Alert>;
  const { release, readiness, blockers } = preview;
  return (
    <Box sx={{ display: 'grid', gap: 1, '& p': { m: 0 } }}>
      {release ? (
        <p>
          {stageName} would serve{' '}
          <strong>
            #{release.number} {release.alias}
          </strong>
          .
        </p>
      ) : (
        blockers.length === 0 && <p>Nobody would get more than is served now.</p>
      )}
      {blockers.map(({ code, message }) => (
        <Alert key={code} severity="warning">
          {message}
        </Alert>
      ))}
      {readiness && <WaitsForList id={waitsId} readiness={{ ...readiness, order: inPlace }} />}
    </Box>
  );
}
