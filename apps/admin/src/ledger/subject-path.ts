interface Subject {
  subjectKind: string;
  subjectId: string;
  workflow: { id: string } | null;
}

/** Where the console shows what an entry is about; null where it has no page of its own. */
export function subjectPath({ subjectKind, subjectId, workflow }: Subject): string | null {
  const base = workflow && `/workflows/${workflow.id}`;
  switch (subjectKind) {
    case 'workflow':
      return `/workflows/${subjectId}`;
    case 'promotion':
      return `/promotions/${subjectId}`;
    case 'incident':
      return base && `${base}/incidents/${subjectId}`;
    case 'rollback':
      return base && `${base}/rollbacks/${subjectId}`;
    case 'ledger_entry':
      return `/ledger/${subjectId}`;
    case 'breakGlassUse':
      return `/break-glass/${subjectId}`;
    case 'team':
      return `/teams/${subjectId}`;
    case 'prompt':
      return `/prompts/${subjectId}`;
    case 'model_config':
      return `/models/${subjectId}`;
    case 'release':
      return base && `${base}/releases/${subjectId}`;
    case 'eval_run':
      return base && `${base}/evals/runs/${subjectId}`;
    case 'eval_suite':
      return base && `${base}/evals/suites/${subjectId}`;
    case 'operating_record':
      return base && `${base}/operating`;
    case 'stage_revision':
    case 'adoption':
      return base && `${base}/stages`;
    case 'check_answer':
    case 'waiver':
      return base && `${base}/checks`;
    default:
      return base;
  }
}
