const longest = 200;

/** The first line of a reason, cut: enough to find the case again, too little to keep what it quotes. */
export const reasonExcerpt = (reason: string | null | undefined): string | null => {
  const line = (reason ?? '').trim().split(/\r?\n/, 1)[0] ?? '';
  if (line === '') return null;
  return line.length <= longest ? line : `${line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
};
