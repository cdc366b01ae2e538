import { suiteDefinition, type SuiteDefinition } from '@holdpoint/contract';
import { useNotify } from 'react-admin';
import { useForm } from 'react-hook-form';
import { useParams } from 'react-router-dom';
import {
  EvalSuitePageDocument,
  EvalSuiteVersionCreateDocument,
  type EvalSuitePageQuery,
} from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { useApi } from '../api/use-api.js';
import { NotFound } from '../app/not-found.js';
import { ActForm } from '../form/act-form.js';
import { withoutBlanks } from '../form/blank.js';
import { zodResolver } from '../form/zod-resolver.js';
import { Loaded } from '../ui/loaded.js';
import { Section } from '../ui/section.js';
import { SuiteFields } from './suite-fields.js';
import { SuiteVersions } from './suite-versions.js';

type Suite = NonNullable<EvalSuitePageQuery['evalSuite']>;

/** What a suite measures; saving makes a new version, earlier runs keep theirs. */
export function SuiteScreen() {
  const { suiteId = '' } = useParams();
  const query = useApi(EvalSuitePageDocument, { id: suiteId });
  return (
    <Loaded query={query}>
      {({ evalSuite }) =>
        evalSuite ? <Suite key={evalSuite.latestVersion?.version ?? 0} suite={evalSuite} /> : <NotFound />
      }
    </Loaded>
  );
}

function Suite({ suite }: { suite: Suite }) {
  const latest = suite.latestVersion;
  const notify = useNotify();
  const act = useAct(EvalSuiteVersionCreateDocument, 'evalSuiteVersionCreate');
  const form = useForm<SuiteDefinition>({
    defaultValues: (latest?.definition as SuiteDefinition | undefined) ?? blank,
    resolver: zodResolver(suiteDefinition),
  });
  return (
    <>
      <Section
        title={suite.name}
        intro={`${latest ? `Version ${latest.version}. ` : ''}Saving makes a new version; runs that were imported keep the version they were judged by.`}
      >
        <ActForm
          form={form}
          act={act}
          submit={latest ? 'Save a new version' : 'Save version 1'}
          input={(values) => ({
            suiteId: suite.id,
            expectedVersion: latest?.version ?? 0,
            definition: withoutBlanks(values),
          })}
          onDone={() => notify('Suite saved.', { type: 'success' })}
        >
          <fieldset
            disabled={!suite.workflow.viewerCanEdit}
            aria-label="Suite"
            style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}
          >
            <SuiteFields />
          </fieldset>
        </ActForm>
      </Section>
      <SuiteVersions versions={suite.versions} />
    </>
  );
}

const blank: SuiteDefinition = {
  description: '',
  metrics: [],
  minCasesPerCategory: {},
  maxErrorRate: 0,
  dataset: '',
  redteamSmoke: [],
};
