/** Whose failure behaviour an operator forces here, whatever the registry says: all, or the named workflows. */
export type ForcedFallback = boolean | readonly string[];

/**
 * `HOLDPOINT_FORCE_FALLBACK`: `true` or `1` for every workflow, or a list such as `support.reply,sales.summary`. Empty,
 * `false` and `0` force nothing.
 */
export function readForcedFallback(text: string | undefined): ForcedFallback {
  const said = (text ?? '').trim();
  if (/^(|false|0|no|off)$/i.test(said)) return false;
  if (/^(true|1|yes|on|all|\*)$/i.test(said)) return true;
  return said.split(/[\s,;]+/).filter((one) => one !== '');
}

export const isForced = (forced: ForcedFallback, workflow: string): boolean =>
  typeof forced === 'boolean' ? forced : forced.includes(workflow);
