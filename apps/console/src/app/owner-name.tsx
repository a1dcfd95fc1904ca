import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import type { Page, Person } from '../api/types';

/** Who can sign in: the first 200. */
export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => api.get<Page<Person>>('/people', { limit: 200 }, signal),
  staleTime: 60_000,
});

/** Accounts tell their owner's address; the name is known where that person signs in. Until then, the address. */
export function useNameOf(): (email: string) => string {
  const people = useQuery(peopleQuery).data?.items;
  return (email) => people?.find((person) => person.email.toLowerCase() === email.toLowerCase())?.name ?? email;
}

type Owner = Partial<Record<'name' | 'email', string | null>>;

export function OwnerName({ owner, none }: { owner: Owner | null; none: string }): ReactNode {
  const nameOf = useNameOf();
  if (owner === null) return none;
  return owner.name ?? (owner.email ? nameOf(owner.email) : none);
}
