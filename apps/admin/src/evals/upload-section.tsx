import { useId, useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useSearchParams } from 'react-router-dom';
import type { EvalsPageQuery } from '../api/generated/documents.js';
import { counted } from '../live/live-words.js';
import { ProblemList } from '../ui/problem-list.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import type { UploadState } from './eval-upload.js';
import { formatOfFile, type ResultFormat } from './format-of-file.js';
import { useUpload, type Upload } from './use-upload.js';

type Workflow = NonNullable<EvalsPageQuery['workflow']>;

/** The import of a result file for one release. */
export function UploadSection({ workflow }: { workflow: Workflow }) {
  const asked = useSearchParams()[0].get('release');
  const defined = workflow.evalSuites.filter((suite) => suite.latestVersion);
  const [suiteId, setSuiteId] = useState(defined[0]?.id ?? '');
  const [chosen, setChosen] = useState(asked);
  // The newest, unless somebody chose: a release that was made meanwhile comes in while the page is open.
  const releaseId = chosen ?? workflow.releases.nodes[0]?.id ?? '';
  const [format, setFormat] = useState<ResultFormat>('promptfoo');
  const [file, setFile] = useState<File | null>(null);
  const upload = useUpload();
  const fileId = useId();
  const busy = upload.sent !== null;
  const choose = async (next: File | null) => {
    setFile(next);
    const said = next && (await formatOfFile(next));
    if (said) setFormat(said);
  };
  return (
    <Section
      title="Import results"
      id="import"
      intro="A run counts when it was made with exactly what the release pins."
    >
      {defined.length === 0 ? (
        <Typography variant="body2">Define a suite first: it says what must be met.</Typography>
      ) : (
        <Box sx={{ display: 'grid', gap: 1.5 }}>
          <TextField
            select
            label="Suite"
            value={suiteId || (defined[0]?.id ?? '')}
            onChange={(event) => setSuiteId(event.target.value)}
          >
            {defined.map((suite) => (
              <MenuItem key={suite.id} value={suite.id}>
                {suite.name}
              </MenuItem>
            ))}
          </TextField>
          <TextField
            select
            label="Release"
            value={releaseId}
            onChange={(event) => setChosen(event.target.value)}
            slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
          >
            <MenuItem value="">Unknown: counts for nothing</MenuItem>
            {workflow.releases.nodes.map((release) => (
              <MenuItem key={release.id} value={release.id}>
                #{release.number} {release.alias}
              </MenuItem>
            ))}
          </TextField>
          <TextField
            select
            label="Format"
            value={format}
            onChange={(event) => setFormat(event.target.value as ResultFormat)}
          >
            <MenuItem value="promptfoo">promptfoo results.json</MenuItem>
            <MenuItem value="plain">Plain JSON (eval-run@1)</MenuItem>
          </TextField>
          <Box>
            <Box component="label" htmlFor={fileId} sx={{ display: 'block', fontSize: '0.875rem', mb: 0.5 }}>
              Result file
            </Box>
            <Box
              component="input"
              id={fileId}
              type="file"
              accept="application/json,.json"
              onChange={(event) => void choose(event.currentTarget.files?.[0] ?? null)}
              sx={{
                font: 'inherit',
                fontSize: '0.875rem',
                maxWidth: '100%',
                color: 'text.primary',
                '&::file-selector-button': { font: 'inherit', minHeight: 32 },
              }}
            />
          </Box>
          <Progress upload={upload} />
          <ProblemList problems={upload.problems} />
          {upload.done && <Imported upload={upload.done} workflowId={workflow.id} />}
          <Box sx={{ display: 'flex', gap: 1 }}>
            <Button
              variant="contained"
              disabled={!file || busy}
              onClick={() =>
                file &&
                void upload.start(
                  {
                    workflowId: workflow.id,
                    suiteId: suiteId || (defined[0]?.id ?? ''),
                    releaseId: releaseId || null,
                    format,
                  },
                  file,
                )
              }
            >
              Import
            </Button>
            {busy && <Button onClick={upload.cancel}>Cancel</Button>}
          </Box>
        </Box>
      )}
    </Section>
  );
}

function Imported({ upload, workflowId }: { upload: UploadState; workflowId: string }) {
  const idle = upload.runs.filter((run) => !run.counts);
  return (
    <Alert severity={idle.length > 0 ? 'warning' : 'success'} role="status">
      Imported {counted(upload.casesStaged, 'case')}.{' '}
      {upload.runs.map(({ id }, index) => (
        <TextLink key={id} to={`/workflows/${workflowId}/evals/runs/${id}`}>
          {upload.runs.length === 1 ? 'See the run' : `Run ${index + 1} `}
        </TextLink>
      ))}
      {idle.map(({ id, uncountedReason }) => (
        <div key={id}>Counts for nothing: {uncountedReason ?? 'it names no release'}</div>
      ))}
    </Alert>
  );
}

function Progress({ upload }: { upload: Upload }) {
  if (upload.sent === null) return null;
  const percent = Math.round(upload.sent * 100);
  return (
    <Box>
      <LinearProgress variant="determinate" value={percent} aria-label="Upload" />
      <Typography variant="body2" color="textSecondary" role="status">
        {percent < 100 ? `Sent ${percent} %` : 'All sent'}
        {upload.progress && `, ${counted(upload.progress.casesStaged, 'case')} read`}
      </Typography>
    </Box>
  );
}
