import { WrongUse } from '../commands/command.js';

/** Where the registry is and who asks, from the environment: a secret on a command line is read by everybody there. */
export interface Registry {
  url: string;
  key: string;
  /** Who is answerable for what a key does, where the build server says so. */
  committer: string | null;
}

/** @throws WrongUse naming the variable */
export function registryOf(env: Readonly<Record<string, string | undefined>>): Registry {
  const { HOLDPOINT_URL: url, HOLDPOINT_KEY: key, HOLDPOINT_COMMITTER: committer } = env;
  if (!url || !/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw new WrongUse(
      'Set HOLDPOINT_URL to the address of the registry, such as https://holdpoint.example.com',
    );
  if (!key) throw new WrongUse('Set HOLDPOINT_KEY to an API key');
  return { url, key, committer: committer ? committer : null };
}

interface GraphqlAnswer<T> {
  data?: T | null;
  errors?: { message: string }[];
}

const patienceMs = 30_000;

/** One GraphQL request. @throws Error that says what the registry, or the way to it, answered */
export async function ask<T>(
  registry: Registry,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<T> {
  const response = await fetch(new URL('/graphql', registry.url), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      authorization: `Bearer ${registry.key}`,
      ...(registry.committer === null ? {} : { 'x-holdpoint-committer': registry.committer }),
    },
    body: JSON.stringify({ query, variables }),
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  }).catch((error: unknown) => {
    throw new Unreached(`${registry.url} does not answer: ${reasonOf(error)}`);
  });
  const answer = (await response.json().catch((error: unknown) => {
    // Half an answer, or a proxy's page in place of one: nobody knows what happened behind it.
    throw new Unreached(
      `${registry.url} answered ${String(response.status)}, unreadably: ${reasonOf(error)}`,
    );
  })) as GraphqlAnswer<T>;
  const [refused] = answer.errors ?? [];
  if (response.status >= 500)
    throw new Unreached(
      `${registry.url} answered ${String(response.status)}${refused ? `: ${refused.message}` : ''}`,
    );
  if (refused) throw new Unanswered(refused.message);
  if (!answer.data) throw new Unanswered(`${registry.url} answered ${String(response.status)} and no data`);
  return answer.data;
}

/** The registry could not be asked, or would not say. */
export class Unanswered extends Error {}

/** No answer came: whether the request was heard is not known. */
export class Unreached extends Unanswered {}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
