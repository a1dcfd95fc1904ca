import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type {
  Alert,
  Disagreements,
  Health,
  HealthHistory,
  Ledger,
  Page,
  Pulses,
  SignalsBody,
  UsageBody,
} from '../../api/types';

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

/** Without a model: as it was told then; with one: week by week under it. */
export const historyQuery = (id: string, from: string, model?: 'current') =>
  queryOptions({
    queryKey: ['account', id, 'history', from, model ?? 'told'],
    queryFn: ({ signal }) =>
      api.get<HealthHistory>(`/accounts/${encodeURIComponent(id)}/health/history`, { from, model }, signal),
  });

export const ledgerQuery = (id: string, from: string) =>
  queryOptions({
    queryKey: ['account', id, 'ledger', from],
    queryFn: ({ signal }) => api.get<Ledger>(`/accounts/${encodeURIComponent(id)}/ledger`, { from }, signal),
  });

export const pulsesQuery = (id: string) =>
  queryOptions({
    queryKey: ['account', id, 'pulses'],
    queryFn: ({ signal }) => api.get<Pulses>(`/accounts/${encodeURIComponent(id)}/pulses`, {}, signal),
  });

export const disagreementsQuery = queryOptions({
  queryKey: ['disagreements'],
  queryFn: ({ signal }) => api.get<Disagreements>('/disagreements', {}, signal),
});
