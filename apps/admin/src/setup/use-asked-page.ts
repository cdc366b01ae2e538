import { useEffect } from 'react';
import { returnPath } from '@holdpoint/contract';
import { useLocation, useNavigate, useSearchParams } from 'react-router-dom';

/**
 * The page that was asked for before signing in, by a path of this console. react-admin notes it in the history of the
 * tab, which no other tab knows; it is moved into the address, so that it survives a tab of its own, a copied address
 * and the identity provider.
 */
export function useAskedPage(): string {
  const given = useSearchParams()[0].get('to');
  const { pathname, search, state } = useLocation() as {
    pathname: string;
    search: string;
    state: { nextPathname?: string; nextSearch?: string } | null;
  };
  const navigate = useNavigate();
  const to = returnPath(given ?? `${state?.nextPathname ?? '/'}${state?.nextSearch ?? ''}`);
  useEffect(() => {
    if (given !== null || to === '/') return;
    const query = new URLSearchParams(search);
    query.set('to', to);
    void navigate({ pathname, search: query.toString() }, { replace: true });
  }, [given, to, pathname, search, navigate]);
  return to;
}
