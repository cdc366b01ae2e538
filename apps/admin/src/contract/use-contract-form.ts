import { useCallback, useEffect, useState } from 'react';
import { useNotify } from 'react-admin';
import { useForm, type UseFormReturn } from 'react-hook-form';
import {
  ContractDraftSaveDocument,
  ContractPageDocument,
  ContractPublishDocument,
  type DraftStateFragment,
  type ProblemFragment,
} from '../api/generated/documents.js';
import { request } from '../api/request.js';
import { useAct } from '../api/use-act.js';
import { unreadableFields } from '../form/not-json.js';
import { errorsOf } from '../form/zod-resolver.js';
import { mergeMine } from '../ui/json-diff.js';
import { contentOf, valuesOf, type ContractValues } from './contract-values.js';
import { missingOf } from './missing-of.js';

export interface ContractEditing {
  form: UseFormReturn<ContractValues>;
  /** The draft that the form started from, or was last saved as. */
  base: DraftStateFragment;
  /** Somebody else's draft that was saved meanwhile; null while there is no conflict. */
  theirs: DraftStateFragment | null;
  pending: boolean;
  problems: ProblemFragment[];
  save: () => Promise<DraftStateFragment | null>;
  publish: () => Promise<void>;
  takeTheirs: () => void;
  keepMine: () => void;
}

/** Saving and publishing the contract against the revision that was read; a conflict brings in the newer draft. */
export function useContractForm(workflowId: string, draft: DraftStateFragment): ContractEditing {
  const [base, setBase] = useState(draft);
  const [theirs, setTheirs] = useState<DraftStateFragment | null>(null);
  const [unreadable, setUnreadable] = useState<ProblemFragment[]>([]);
  const notify = useNotify();
  const saving = useAct(ContractDraftSaveDocument, 'contractDraftSave');
  const publishing = useAct(ContractPublishDocument, 'contractPublish');
  const form = useForm<ContractValues>({
    defaultValues: valuesOf(draft),
    resolver: (values) => {
      const issues = missingOf(values).map(({ component, path, message }) => ({
        path: [component, ...path],
        message,
      }));
      return issues.length === 0 ? { values, errors: {} } : { values: {}, errors: errorsOf(issues, values) };
    },
  });

  const restart = useCallback(
    (next: DraftStateFragment, values: ContractValues = valuesOf(next)) => {
      setBase(next);
      setTheirs(null);
      form.reset(valuesOf(next));
      form.reset(values, { keepDefaultValues: true });
    },
    [form],
  );

  // A newer draft comes in by itself only while there is nothing to lose.
  const untouched = !form.formState.isDirty && draft.revision > base.revision;
  useEffect(() => {
    if (untouched) restart(draft);
  }, [untouched, draft, restart]);

  /** Nothing is sent while the screen shows text that is not JSON: the draft would keep an older value instead. */
  const readable = useCallback(() => {
    const found = unreadableFields(form.getValues()).map(({ label, message }) => ({
      ...{ code: 'INVALID_INPUT', field: null },
      message: `Nothing is saved before this is corrected. ${label}: ${message}`,
    }));
    setUnreadable(found);
    return found.length === 0;
  }, [form]);

  const keep = useCallback(async () => {
    if (!readable()) return null;
    const payload = await saving.run({
      workflowId,
      expectedRevision: base.revision,
      ...contentOf(form.getValues()),
    });
    if (payload?.draft) {
      setBase(payload.draft);
      form.reset(form.getValues());
      return payload.draft;
    }
    const newest = await request(ContractPageDocument, { id: workflowId }).catch(() => null);
    const draftNow = newest?.workflow?.draft;
    if (draftNow && draftNow.revision !== base.revision) setTheirs(draftNow);
    return null;
  }, [readable, saving, workflowId, base.revision, form]);

  const save = useCallback(async () => {
    const saved = await keep();
    if (saved) notify('Draft saved.', { type: 'success' });
    return saved;
  }, [keep, notify]);

  // handleSubmit, so that what is still missing shows at its field, and goes as it is filled in.
  const publish = form.handleSubmit(async () => {
    const saved = form.formState.isDirty || base.revision === 0 ? await keep() : base;
    if (!saved) return;
    const payload = await publishing.run({ workflowId, expectedRevision: saved.revision });
    if (payload) notify('Contract published. The next release takes it up.', { type: 'success' });
  }, readable);

  return {
    form,
    base,
    theirs,
    pending: saving.pending || publishing.pending,
    problems: [...unreadable, ...saving.problems, ...publishing.problems],
    save,
    publish,
    takeTheirs: () => theirs && restart(theirs),
    keepMine: () => {
      if (!theirs || !readable()) return;
      const merged = mergeMine(
        contentOf(valuesOf(base)),
        contentOf(form.getValues()),
        contentOf(valuesOf(theirs)),
      );
      restart(theirs, valuesOf(merged as DraftStateFragment));
    },
  };
}
