import Alert from '@mui/material/Alert';
import { useParams } from 'react-router-dom';
import { EvalRunPageDocument, type EvalRunPageQuery } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { NotFound } from '../app/not-found.js';
import { Age } from '../ui/age.js';
import { Digest } from '../ui/digest.js';
import { Facts } from '../ui/facts.js';
import { Loaded } from '../ui/loaded.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { ToneChip } from '../ui/tone-chip.js';
import type { WorkflowHeader } from '../workflows/workflow-pages.js';
import { CaseTable } from './case-table.js';
import { CategoryTable } from './category-table.js';
import { MetricTable } from './metric-table.js';
import { score } from './score.js';

type Run = NonNullable<EvalRunPageQuery['evalRun']>;

/** One measurement: metrics against their gates, categories, and every case. */
export function EvalRunScreen({ workflow }: { workflow: WorkflowHeader }) {
  const { runId = '' } = useParams();
  const query = useApi(EvalRunPageDocument, { id: runId });
  return (
    <Loaded query={query}>
      {({ evalRun }) =>
        evalRun ? (
          <>
            <Summary run={evalRun} workflowId={workflow.id} />
            <MetricTable metrics={evalRun.metrics} />
            <CategoryTable categories={evalRun.categories} />
            <CaseTable runId={evalRun.id} categories={evalRun.categories.map((one) => one.category)} />
          </>
        ) : (
          <NotFound />
        )
      }
    </Loaded>
  );
}

function Summary({ run, workflowId }: { run: Run; workflowId: string }) {
  return (
    <Section
      title={run.label || `${run.suiteVersion.suite.name} run`}
      aside={
        run.counts ? (
          <ToneChip tone="good">Counts</ToneChip>
        ) : (
          <ToneChip tone="warn">Counts for nothing</ToneChip>
        )
      }
    >
      {!run.counts && run.uncountedReason && (
        <Alert severity="warning" sx={{ mb: 1.5 }}>
          {run.uncountedReason}
        </Alert>
      )}
      {run.flags.map((flag) => (
        <Alert key={flag} severity="warning" sx={{ mb: 1.5 }}>
          {flag}
        </Alert>
      ))}
      <Facts
        facts={[
          [
            'Cases',
            `${run.cases}: ${run.passed} passed, ${run.failed} failed, ${run.errored} errors, ${run.skipped} skipped`,
          ],
          [
            'Suite',
            <TextLink key="s" to={`/workflows/${workflowId}/evals/suites/${run.suiteVersion.suite.id}`}>
              {`${run.suiteVersion.suite.name}, version ${run.suiteVersion.version}`}
            </TextLink>,
          ],
          run.release && [
            'Release',
            <TextLink
              key="r"
              to={`/workflows/${workflowId}/releases/${run.release.id}`}
            >{`#${run.release.number} ${run.release.alias}`}</TextLink>,
          ],
          run.evalDigest && ['Eval digest', <Digest key="e" value={run.evalDigest} label="eval digest" />],
          ['Kind', run.kind === 'redteam' ? 'Red team' : 'Regular'],
          ['Source', `${run.source} ${run.sourceVersion}`],
          ['File', <Digest key="f" value={run.rawSha256} label="digest of the file" />],
          [
            'Imported',
            <>
              {run.importedBy.name}, <Age at={run.createdAt} />
            </>,
          ],
          run.costUsd !== null && ['Cost', `${score(run.costUsd)} USD`],
          run.durationMs !== null && ['Duration', `${score(run.durationMs / 1000)} s`],
          run.tokensIn !== null && ['Tokens', `${score(run.tokensIn)} in, ${score(run.tokensOut)} out`],
        ]}
      />
    </Section>
  );
}
