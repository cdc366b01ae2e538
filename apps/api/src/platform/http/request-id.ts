const sane = /^[A-Za-z0-9._:-]{8,100}$/;

/** The id that a proxy or client gave this request, when it is one that can go into logs and ledger; else a new one. */
export function requestIdOf(header: string | string[] | undefined, newId: () => string): string {
  return typeof header === 'string' && sane.test(header) ? header : newId();
}
