import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { ArrBody, Renewal, RenewalCalendarBody } from '../../api/types';
import type { Page } from '../../api/types';
import type { RenewalsSearch } from '../../app/search-params';
import { monthRange } from './renewal-months';

export const calendarQuery = (from: string, to: string, owner: string | undefined) =>
  queryOptions({
    queryKey: ['renewals', 'calendar', from, to, owner],
    queryFn: ({ signal }) => api.get<RenewalCalendarBody>('/renewals/calendar', { from, to, owner }, signal),
  });

export const renewalsQuery = (search: RenewalsSearch, from: string, to: string) => {
  const { month, ...filters } = search;
  const query = { ...filters, ...(month ? monthRange(month) : { from, to }), sort: 'decisionDate', limit: 50 };
  return infiniteQueryOptions({
    queryKey: ['renewals', 'list', query],
    queryFn: ({ pageParam, signal }) => api.get<Page<Renewal>>('/renewals', { ...query, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page<Renewal>) => last.nextCursor ?? undefined,
  });
};

export const arrQuery = (id: string) =>
  queryOptions({
    queryKey: ['account', id, 'arr'],
    queryFn: ({ signal }) => api.get<ArrBody>(`/accounts/${encodeURIComponent(id)}/arr`, {}, signal),
  });
