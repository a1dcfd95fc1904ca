import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { Alert, Health, Page, SignalsBody, UsageBody } from '../../api/types';

/** Everything of one account stands below ['account', id], so that one live change refreshes all of it. */
export const healthQuery = (id: string) =>
  queryOptions({
    queryKey: ['account', id, 'health'],
    queryFn: ({ signal }) => api.get<Health>(`/accounts/${encodeURIComponent(id)}/health`, {}, signal),
  });

export const usageQuery = (id: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['account', id, 'usage', from, to],
    queryFn: ({ signal }) => api.get<UsageBody>(`/accounts/${encodeURIComponent(id)}/usage`, { from, to }, signal),
  });

export const accountAlertsQuery = (id: string) =>
  queryOptions({
    queryKey: ['account', id, 'alerts'],
    queryFn: ({ signal }) =>
      api.get<Page<Alert>>('/alerts', { accountId: id, status: 'open,acknowledged,snoozed', limit: 50 }, signal),
  });

export const signalsQuery = (id: string) =>
  queryOptions({
    queryKey: ['account', id, 'signals'],
    queryFn: ({ signal }) => api.get<SignalsBody>(`/accounts/${encodeURIComponent(id)}/signals`, {}, signal),
  });
