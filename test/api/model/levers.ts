/** Levers as the database keeps them, in the model's words. */
export const leversOf = (levers: unknown): string[] =>
  (levers as { kind: string; to?: string; releaseId?: string }[]).map(({ kind, to, releaseId }) =>
    kind === 'disableTool' ? 'tool' : [kind, to ?? releaseId].filter(Boolean).join(':'),
  );
