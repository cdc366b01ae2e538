import { useState } from 'react';
import type { SuiteDefinition } from '@holdpoint/contract';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { EvalsPageQuery } from '../api/generated/documents.js';
import { EmptyState } from '../ui/empty-state.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { SuiteDialog } from './suite-dialog.js';

interface Props {
  workflowId: string;
  suites: NonNullable<EvalsPageQuery['workflow']>['evalSuites'];
  editable: boolean;
}

export function SuiteSection({ workflowId, suites, editable }: Props) {
  const [creating, setCreating] = useState(false);
  return (
    <Section
      title="Suites"
      aside={
        editable && (
          <Button size="small" onClick={() => setCreating(true)}>
            New suite
          </Button>
        )
      }
      flush
    >
      {suites.length === 0 ? (
        <EmptyState>A suite says what is measured and what must be met.</EmptyState>
      ) : (
        <RowList>
          {suites.map((suite) => (
            <li key={suite.id}>
              <TextLink to={`/workflows/${workflowId}/evals/suites/${suite.id}`}>{suite.name}</TextLink>
              <Typography variant="body2" color="textSecondary">
                {suite.latestVersion
                  ? `Version ${suite.latestVersion.version}: ${metricNames(suite.latestVersion.definition)}`
                  : 'Not defined yet'}
              </Typography>
            </li>
          ))}
        </RowList>
      )}
      {creating && <SuiteDialog workflowId={workflowId} onClose={() => setCreating(false)} />}
    </Section>
  );
}

function metricNames(definition: unknown): string {
  return (definition as SuiteDefinition).metrics.map((metric) => metric.name).join(', ');
}
