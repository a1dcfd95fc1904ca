import { queryOptions } from '@tanstack/react-query';
import type { Model, ModelFile } from '@tenure/scoring/what-if';
import { api } from '../../api/client';
import type { WhatIfAccount } from './what-if';

export interface Publication {
  publication: number;
  version: string;
  note: string;
  publishedBy: string;
  publishedAt: string;
}

/** `GET /api/v1/models` */
export interface ModelsBody {
  items: { version: string; name: string; number: number; addedBy: string; addedAt: string }[];
  current: string;
  shipped: string;
  publications: Publication[];
}

type End = { score: number | null; band: 'green' | 'yellow' | 'red' | 'onboarding' | 'unknown' };

export interface PlanResult {
  accounts: number;
  moved: number;
  meanChange: number;
  flow: { from: End['band']; to: End['band']; accounts: number; arr: Record<string, number> }[];
  changing: {
    accountId: string;
    name: string | null;
    arr: number | null;
    currency: string | null;
    from: End;
    to: End;
  }[];
  alerts: {
    accountId: string;
    name: string | null;
    signal: string;
    change: string;
    from: string | null;
    to: string | null;
  }[];
}

/** A file compared with the model in force. */
export interface Comparison {
  version: string;
  against: string;
  changes: { pointer: string; kind: 'added' | 'removed' | 'changed'; sentence: string }[];
}

export const modelsQuery = queryOptions({
  queryKey: ['models', 'list'],
  queryFn: ({ signal }) => api.get<ModelsBody>('/models', {}, signal),
});

/** `waiting`: accounts that are still to be judged by it. */
export const currentModelQuery = queryOptions({
  queryKey: ['models', 'current'],
  queryFn: ({ signal }) => api.get<{ version: string; model: Model; waiting: number }>('/models/current', {}, signal),
  refetchInterval: ({ state }) => ((state.data?.waiting ?? 0) > 0 ? 1_000 : false),
});

export const whatIfQuery = queryOptions({
  queryKey: ['models', 'what-if'],
  queryFn: ({ signal }) => api.get<{ items: WhatIfAccount[] }>('/models/what-if', { limit: 40 }, signal),
  staleTime: 60_000,
});

export const compareModel = (model: ModelFile): Promise<Comparison> =>
  api.post<Comparison>('/models/compare', { model });
