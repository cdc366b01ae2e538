import { useListContext } from 'react-admin';
import { PageTurner } from './page-turner.js';

/** The page numbers of the list we are in. */
export function PageNumbers() {
  const { page, perPage, total = 0, setPage } = useListContext();
  return <PageTurner page={page} size={perPage} total={total} onPage={setPage} />;
}
