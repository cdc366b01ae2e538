/**
 * The page of the console that a person asked for before signing in, or `/` for anything that could lead elsewhere:
 * another site, another scheme, a route of the API. Browsers read `\` as `/`, and skip tabs and line breaks.
 */
export function returnPath(asked: unknown): string {
  if (typeof asked !== 'string' || asked.length > 2000 || !/^\/(?![/\\])/.test(asked)) return '/';
  if (/[\\\u0000-\u001f\u007f]/.test(asked)) return '/';
  const base = 'http://holdpoint.invalid';
  const url = URL.parse(asked, base);
  if (url?.origin !== base || url.pathname.startsWith('//')) return '/';
  if (/^\/(api|graphql|login)(\/|$)/.test(url.pathname)) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
