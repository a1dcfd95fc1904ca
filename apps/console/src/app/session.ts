import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../api/client';
import type { Me } from '../api/types';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => api.get<Me>('/me', {}, signal),
  staleTime: 5 * 60_000,
});

/** Who is signed in, and for which tenant. Only below the shell, which waits for it. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Viewers read; everyone else acts. */
export function useCanWrite(): boolean {
  return useMe().person.role !== 'viewer';
}

/** Admins and leaders decide where alerts go. */
export function useCanManage(): boolean {
  return ['admin', 'leader'].includes(useMe().person.role);
}

export function useZone(): string {
  return useMe().tenant.timeZone || 'UTC';
}

/** The present, a minute at a time, so that 'ago' keeps true. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
