import { useEffect, type RefObject } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Brings the field that `?field=core.userJob` names into view and into focus; else the nearest one around it. */
export function useFocusField(page: RefObject<HTMLElement | null>): void {
  const field = useSearchParams()[0].get('field');
  useEffect(() => {
    if (field) focusField(page.current, field);
  }, [field, page]);
}

export function focusField(page: HTMLElement | null, field: string): void {
  const parts = field.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const element = page?.querySelector<HTMLElement>(
      `[id="${CSS.escape(parts.slice(0, length).join('.'))}"]`,
    );
    if (element) {
      element.scrollIntoView({ block: 'center' });
      element.focus({ preventScroll: true });
      return;
    }
  }
}
