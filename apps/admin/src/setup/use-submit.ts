import { useState, type SubmitEvent } from 'react';
import { HttpRefusal, type FieldError } from '../app/http.js';

/**
 * A form that is sent over plain HTTP: what it holds, whether it is under way, and what was refused, by field and
 * otherwise.
 */
export function useSubmit(send: (values: Record<string, string>, form: HTMLFormElement) => Promise<void>) {
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [pending, setPending] = useState(false);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const values = Object.fromEntries(new FormData(form)) as Record<string, string>;
    setPending(true);
    setErrors([]);
    send(values, form)
      .catch((error: unknown) => {
        const message = error instanceof Error ? error.message : 'This did not work.';
        setErrors(error instanceof HttpRefusal ? error.errors : [{ message, field: null }]);
      })
      .finally(() => setPending(false));
  };
  const named = (field: string) => errors.find((error) => error.field === field)?.message;
  const others = (fields: readonly string[]) =>
    errors.filter(({ field }) => field === null || !fields.includes(field)).map(({ message }) => message);
  return { submit, pending, named, others };
}
