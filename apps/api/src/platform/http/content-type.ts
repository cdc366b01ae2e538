/** What a browser's form can send to another site without asking first. Nothing here is read in such a body. */
const formTypes = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

/**
 * Whether a request may change state with a body of this type. A body without a type, or of a type that a form on
 * another site could send, is refused whatever the origin headers say.
 */
export function mayChangeState(method: string, contentType: string | undefined, hasBody: boolean): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return true;
  if (contentType === undefined) return !hasBody;
  const [type] = contentType.split(';');
  return !formTypes.includes((type ?? '').trim().toLowerCase());
}

/** The one address that is sent a form: by the identity provider itself, with a token that it has signed. */
const formPath = '/api/auth/oidc/logout';

export function isSentForm(url: string): boolean {
  return url.split('?')[0] === formPath;
}
