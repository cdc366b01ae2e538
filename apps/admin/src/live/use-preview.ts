import { useEffect, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { LivePreviewDocument, type PreviewFactsFragment } from '../api/generated/documents.js';
import { apiKey } from '../api/use-api.js';
import { requestWithin } from './request-within.js';
import { missingOf, previewInput, type Plan } from './rollback-plan.js';

/** Milliseconds without another keystroke before it is asked what a segment would change. */
const pause = 300;
/** Longest wait for an answer, in milliseconds. */
const patience = 12_000;

export interface Preview {
  /** Of exactly this plan; undefined: it is not there yet, or the plan lacks something. */
  shown: PreviewFactsFragment | undefined;
  error: Error | null;
  readAgain: () => void;
}

/** The text once it has stayed the same for a while. */
function useSettled(text: string, ms: number): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return settled;
}

/**
 * What a rollback would do, read ahead so that the sheet opens with it even on a bad connection. What was read of a
 * plan is forgotten with it: nothing tells whether it still holds when somebody comes back to that plan.
 */
export function usePreview(workflowId: string, plan: Plan, enabled = true): Preview {
  const input = previewInput(workflowId, plan);
  const segment = JSON.stringify(input.segment);
  const isTyping = useSettled(segment, pause) !== segment;
  const isAsked = enabled && missingOf(plan) === null && !isTyping;
  const query = useQuery({
    queryKey: [apiKey, LivePreviewDocument.toString(), input],
    queryFn: ({ signal }) => requestWithin(LivePreviewDocument, { input }, patience, signal),
    enabled: isAsked,
    staleTime: 10_000,
    gcTime: 0,
    retry: 3,
  });
  return {
    shown: isAsked ? query.data?.rollbackPreview : undefined,
    error: isAsked ? query.error : null,
    readAgain: () => void query.refetch(),
  };
}
