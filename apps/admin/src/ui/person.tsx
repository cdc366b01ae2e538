/** A person's name; "you" where it is the reader. */
import { useGetIdentity } from 'react-admin';

export function Person({ person }: { person: { id: string; name: string } }) {
  const { identity } = useGetIdentity();
  return <span>{identity?.id === person.id ? `${person.name} (you)` : person.name}</span>;
}
