import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import Box from '@mui/material/Box';
import { Age } from './age.js';

interface Version {
  id: string;
  version: number;
  commitMessage: string;
  createdAt: string;
  author: { name: string };
}

interface Props {
  versions: Version[];
  chosen: string;
  onChoose: (id: string) => void;
}

/** Immutable versions, newest first, each with what its author said about it. */
export function VersionList({ versions, chosen, onChoose }: Props) {
  return (
    <Box component="ol" reversed sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {versions.map((version) => (
        <Box component="li" key={version.id} sx={{ borderTop: 1, borderColor: 'divider' }}>
          <ButtonBase
            onClick={() => onChoose(version.id)}
            aria-current={version.id === chosen ? 'true' : undefined}
            sx={{
              display: 'block',
              width: '100%',
              textAlign: 'left',
              px: 2,
              py: 1,
              borderLeft: '3px solid transparent',
              '&[aria-current]': { bgcolor: 'action.selected', borderLeftColor: 'primary.main' },
            }}
          >
            <Typography variant="body2" sx={{ fontWeight: 620 }}>
              Version {version.version}
            </Typography>
            <Typography variant="body2">{version.commitMessage}</Typography>
            <Typography variant="caption" color="textSecondary">
              {version.author.name}, <Age at={version.createdAt} />
            </Typography>
          </ButtonBase>
        </Box>
      ))}
    </Box>
  );
}
