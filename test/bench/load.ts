/** A GraphQL request of a signed-in person; throws on GraphQL errors. */
export async function ask<T>(
  url: string,
  cookie: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<T> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', cookie, origin: url },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as { data?: T | null; errors?: unknown };
  if (body.errors !== undefined || !body.data) {
    throw new Error(`${String(response.status)} ${JSON.stringify(body.errors)}`);
  }
  return body.data;
}
