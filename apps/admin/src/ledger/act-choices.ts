import { actInWords, ledgerActs } from '@holdpoint/contract';

/** Acts to choose from, in words. */
export const actChoices = ledgerActs.map((act) => ({ value: act, label: actInWords(act) }));

/** `stage_revision` → `Stage revision` */
export function wordOfSubject(kind: string): string {
  const words = kind
    .replaceAll('_', ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const kinds = [
  'adoption',
  'breakGlassGrant',
  'breakGlassUse',
  'check_answer',
  'checklist_version',
  'eval_run',
  'eval_suite',
  'eval_suite_version',
  'incident',
  'key',
  'ledger_entry',
  'model_config',
  'model_config_version',
  'operating_record',
  'promotion',
  'prompt',
  'prompt_version',
  'release',
  'stage_revision',
  'team',
  'user',
  'waiver',
  'workflow',
];

export const subjectChoices = kinds.map((kind) => ({ value: kind, label: wordOfSubject(kind) }));
