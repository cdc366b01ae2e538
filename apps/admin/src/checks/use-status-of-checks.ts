import {
  ReadinessAtDocument,
  WorkflowReadinessDocument,
  type CheckRowFragment,
} from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import type { WorkflowHeader } from '../workflows/workflow-pages.js';

export interface StatusOfChecks {
  /** By the check's id. Null while it is being read, and where there is no release to judge. */
  results: Map<string, CheckRowFragment> | null;
  /** For which release and stage that is: "#2 shorter-drafts for General, as if it entered there now". Null with the results. */
  about: string | null;
}

/** How the checks stand for the newest release: for its next stage, or for the last one where it has entered all. */
export function useStatusOfChecks(workflow: WorkflowHeader): StatusOfChecks {
  const next = useApi(WorkflowReadinessDocument, { id: workflow.id }).data?.workflow;
  const release = workflow.latestRelease;
  const last = workflow.stages.at(-1)?.key ?? '';
  const isThrough = next !== undefined && next !== null && !next.nextStage && release !== null && last !== '';
  const there = useApi(
    ReadinessAtDocument,
    { releaseId: release?.id ?? '', stage: last },
    { enabled: isThrough },
  ).data;
  const readiness = isThrough ? there?.readiness : next?.nextReadiness;
  if (!readiness || !release) return { results: null, about: null };
  const checks = readiness.gates.flatMap((gate) => gate.checks);
  return {
    results: new Map(checks.map((check) => [check.id, check])),
    about: `#${String(release.number)} ${release.alias} for ${wordOfStage(readiness.stageKey)}${isThrough ? ', as if it entered there now' : ''}`,
  };
}
