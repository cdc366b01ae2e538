export type ResultFormat = 'promptfoo' | 'plain';

/** Bytes of a file that are looked at: both formats say early what they are. */
const looked = 65_536;

/** What a result file says it is; null where its beginning says nothing. */
export const formatOfText = (beginning: string): ResultFormat | null =>
  /"holdpoint"\s*:\s*"eval-run@/.test(beginning)
    ? 'plain'
    : /"(?:evalId|results|promptfooVersion)"\s*:/.test(beginning)
      ? 'promptfoo'
      : null;

export const formatOfFile = async (file: Blob): Promise<ResultFormat | null> =>
  formatOfText(await file.slice(0, looked).text());
