import { queryOptions } from '@tanstack/react-query';
import type { ModelCard } from '@tenure/scoring';
import { api } from '../../api/client';
import type { Study } from './studies';

/** `GET /api/v1/churn-models` */
export interface ChurnModels {
  inForce: { version: string; basis: 'prior' | 'fitted' };
  newest: { version: string; card: ModelCard; learnedAt: string } | null;
  adoptable: boolean;
  publications: {
    publication: number;
    version: string | null;
    note: string;
    publishedBy: string;
    publishedAt: string;
  }[];
}

/** `GET /api/v1/accounts/{id}/churn` */
export interface AccountChurn {
  probability: number;
  logOdds: number;
  basis: 'prior' | 'fitted';
  modelVersion: string;
  parts: { name: string; logOdds: number; reason: string }[];
  abstained: string | null;
}

/** The answer of a study of the last year. */
export interface LastYear {
  from: string;
  to: string;
  accounts: number;
  churned: number;
  flaggedAhead: number;
  surprises: number;
  kept: number;
  keptAlerted: number;
  alerts: number;
  csms: number;
  alertsPerCsmAndWeek: number;
  lost: {
    accountId: string;
    name: string | null;
    lostOn: string;
    arr: number | null;
    currency: string | null;
    flagged: { signal: string; summary: string; daysAhead: number } | null;
  }[];
  signals: { signal: string; alerts: number; accounts: number; lost: number }[];
  sentence: string;
}

export const churnModelsQuery = queryOptions({
  queryKey: ['churn-models'],
  queryFn: ({ signal }) => api.get<ChurnModels>('/churn-models', {}, signal),
});

export const accountChurnQuery = (id: string) =>
  queryOptions({
    queryKey: ['account', id, 'churn'],
    queryFn: ({ signal }) => api.get<AccountChurn>(`/accounts/${encodeURIComponent(id)}/churn`, {}, signal),
  });

export const lastYearQuery = queryOptions({
  queryKey: ['studies', 'last-year'],
  queryFn: ({ signal }) => api.get<{ study: Study<LastYear> | null }>('/last-year', {}, signal),
});
