import Box from '@mui/material/Box';
import type { ReleaseRefFragment } from '../api/generated/documents.js';
import { ReleaseDiffToDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { ReleaseDiffList } from '../releases/release-diff.js';
import { Loaded } from '../ui/loaded.js';

/** What differs between the release that was read and the one that stands there now. */
export function MovedSince({ from, to }: { from: ReleaseRefFragment; to: ReleaseRefFragment }) {
  const query = useApi(ReleaseDiffToDocument, { id: to.id, to: from.id });
  return (
    <Box sx={{ mt: 1 }}>
      <strong>Changed since you read it:</strong>
      <Loaded query={query}>{({ release }) => release && <ReleaseDiffList diff={release.diff} />}</Loaded>
    </Box>
  );
}
