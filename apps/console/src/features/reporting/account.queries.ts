import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { AccountProfile, Note, Page, Stakeholder, Ticket, TimelineItem } from '../../api/types';

const path = (id: string, rest = ''): string => `/accounts/${encodeURIComponent(id)}${rest}`;

export const profileQuery = (id: string) =>
  queryOptions({
    queryKey: ['account', id, 'profile'],
    queryFn: ({ signal }) => api.get<AccountProfile>(path(id), {}, signal),
  });

export const stakeholdersQuery = (id: string) =>
  queryOptions({
    queryKey: ['account', id, 'stakeholders'],
    queryFn: ({ signal }) => api.get<Page<Stakeholder>>(path(id, '/stakeholders'), {}, signal),
  });

export const ticketsQuery = (id: string) =>
  queryOptions({
    queryKey: ['account', id, 'tickets'],
    queryFn: ({ signal }) => api.get<Page<Ticket>>(path(id, '/tickets'), {}, signal),
  });

export const notesQuery = (id: string) =>
  queryOptions({
    queryKey: ['account', id, 'notes'],
    queryFn: ({ signal }) => api.get<Page<Note>>(path(id, '/notes'), { limit: 200 }, signal),
  });

export const timelineQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['account', id, 'timeline'],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<TimelineItem>>(path(id, '/timeline'), { cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page<TimelineItem>) => last.nextCursor ?? undefined,
  });
