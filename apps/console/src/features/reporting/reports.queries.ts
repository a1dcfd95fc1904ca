import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { HealthDistribution, Movement, Retention } from '../../api/types';
import type { Page } from '../../api/types';

export const distributionQuery = (compare: string) =>
  queryOptions({
    queryKey: ['reports', 'health', compare],
    queryFn: ({ signal }) => api.get<HealthDistribution>('/reports/health-distribution', { compare }, signal),
  });

export interface Period {
  from: string;
  to: string;
}

export const retentionQuery = (period: Period, by: 'segment' | 'owner') =>
  queryOptions({
    queryKey: ['reports', 'retention', period.from, period.to, by],
    queryFn: ({ signal }) => api.get<Retention>('/reports/retention', { ...period, by }, signal),
  });

/** The ledger lines behind a figure: nrr, grr, expansion, contraction or churn. */
export const movementsQuery = (period: Period, figure: string) =>
  infiniteQueryOptions({
    queryKey: ['reports', 'movements', period.from, period.to, figure],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Movement>>('/reports/retention/movements', { ...period, figure, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page<Movement>) => last.nextCursor ?? undefined,
  });
