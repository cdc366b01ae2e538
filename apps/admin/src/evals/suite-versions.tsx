import Typography from '@mui/material/Typography';
import type { EvalSuitePageQuery } from '../api/generated/documents.js';
import { Age } from '../ui/age.js';
import { Digest } from '../ui/digest.js';
import { JsonChanges } from '../ui/json-changes.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';

type Versions = NonNullable<EvalSuitePageQuery['evalSuite']>['versions'];

export function SuiteVersions({ versions }: { versions: Versions }) {
  if (versions.length === 0) return null;
  const newestFirst = [...versions].sort((a, b) => b.version - a.version);
  return (
    <Section title="Versions" flush>
      <RowList>
        {newestFirst.map((version, index) => {
          const previous = newestFirst[index + 1];
          return (
            <li key={version.id}>
              <Typography variant="body2" component="div">
                Version {version.version} by {version.author.name}, <Age at={version.createdAt} />{' '}
                <Digest value={version.digest} label={`digest of version ${version.version}`} />
              </Typography>
              {previous && (
                <details>
                  <summary>Changed since version {previous.version}</summary>
                  <JsonChanges before={previous.definition} after={version.definition} />
                </details>
              )}
            </li>
          );
        })}
      </RowList>
    </Section>
  );
}
