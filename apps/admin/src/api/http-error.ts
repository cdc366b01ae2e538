/** The body of every HTTP error of the API (GraphQL apart). */
export interface HttpErrorBody {
  error?: { code: string; message: string; field?: string[] };
  errors?: { code: string; message: string; field?: string[] }[];
}

/** Whether a body is the API's own about an error: what stands between, such as a proxy, writes others. */
export function isNamed(body: HttpErrorBody | null): boolean {
  return Array.isArray(body?.errors) || typeof body?.error === 'object';
}

/** All that an HTTP error names, or one that says which status came. */
export function errorsOfBody(
  body: HttpErrorBody | null,
  status: number,
): { code: string; message: string; field: string[] | null }[] {
  const named = isNamed(body) ? (body?.errors ?? (body?.error ? [body.error] : [])) : [];
  if (named.length > 0)
    return named.map(({ code, message, field }) => ({ code, message, field: field ?? null }));
  return [{ code: String(status), message: `The server answered ${status}.`, field: null }];
}
