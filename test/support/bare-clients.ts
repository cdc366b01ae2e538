import { freshRequest, type Asking } from './fresh-request.js';
import type { KeyHolder } from './key.builder.js';
import type { Place } from './returning-crowd.js';

const bearer = ({ secret }: KeyHolder) => ({ authorization: `Bearer ${secret}` });

/** All flags of a key, as OFREP asks for them. */
export const evaluation = (url: string, key: KeyHolder): Asking => ({
  ...{ method: 'POST', url: `${url}/ofrep/v1/evaluate/flags`, body: '{"context":{}}' },
  headers: { ...bearer(key), 'content-type': 'application/json' },
});

/** The version that a frame, a snapshot or the value of a flag names first. */
export const versionIn = (text: string): string | undefined =>
  /"incarnation":(\d+),"epoch":(\d+)/.exec(text)?.slice(1).join('.');

/** One who follows a workflow as our client does: fetches its snapshot when its stream names another version. */
const ownPlace = (url: string, workflow: string, key: KeyHolder): Place => ({
  ...{ url: `${url}/v1/stream?workflows=${workflow}`, headers: bearer(key) },
  asks(told, has) {
    const version = versionIn(told) ?? '';
    if (version === versionIn(has?.body ?? '')) return null;
    return { method: 'GET', url: `${url}/v1/snapshots/${workflow}?after=${version}`, headers: bearer(key) };
  },
});

/** One who follows as stock web clients do: fetches whenever it is told to. */
async function stockPlace(url: string, key: KeyHolder): Promise<Place> {
  const { body } = await freshRequest(evaluation(url, key));
  const { eventStreams } = JSON.parse(body) as { eventStreams: { url: string }[] };
  return {
    url: eventStreams[0]?.url ?? '',
    asks(told, has) {
      const { etag } = JSON.parse(told) as { etag: string };
      const asking = evaluation(url, key);
      const headers = has ? { ...asking.headers, 'if-none-match': has.etag } : asking.headers;
      return { ...asking, headers, url: `${asking.url}?flagConfigEtag=${encodeURIComponent(etag)}` };
    },
  };
}

/** Both kinds, for each of these keys. */
export async function bareClients(
  url: string,
  workflow: string,
  keys: readonly KeyHolder[],
): Promise<Place[]> {
  const stock = await Promise.all(keys.map((key) => stockPlace(url, key)));
  return [...keys.map((key) => ownPlace(url, workflow, key)), ...stock];
}
