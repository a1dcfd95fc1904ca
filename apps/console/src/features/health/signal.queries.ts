import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { Severity } from '../../api/types';

/** A share with its interval; null where nothing was counted. */
export interface Share {
  hits: number;
  n: number;
  share: number | null;
  low: number | null;
  high: number | null;
}

/** One signal of `GET /api/v1/signals`. */
export interface SignalEntry {
  signal: string;
  title: string;
  condition: string;
  clears: string;
  standing: boolean;
  baseSeverity: Severity;
  recommendedAction: string;
  inputs: { kind: string; status: 'live' | 'stale' | 'never' }[];
  live: boolean;
  off: boolean;
  changed: boolean;
  version: number;
  openNow: number;
  fired90Days: number;
  feedback: { useful: number; notUseful: number; tooEarly: number };
  precision: Share;
}

export type Values = Record<string, number | boolean>;
export type Segments = Record<string, { off?: boolean; parameters?: Values }>;

export interface Field {
  name: string;
  label: string;
  unit: string;
  min: number;
  max: number;
  integer?: boolean;
}

/** `GET /api/v1/signals/{signal}/settings` */
export interface SignalSettings {
  signal: string;
  version: number;
  off: boolean;
  parameters: Values;
  segments: Segments;
  defaults: { parameters: Values; segments: Segments };
  fields: Field[];
  history: { version: number; note: string | null; changedBy: string; changedAt: string; settings: object | null }[];
}

interface Totals {
  firings: number;
  accounts: number;
  lostLater: Share;
}

export interface DryRunResult {
  proposed: Totals;
  current: Totals;
  everyAccount: Share;
  weeks: { week: string; proposed: number; current: number }[];
  items: {
    accountId: string;
    accountName: string | null;
    proposed: number;
    current: number;
    first: string | null;
    summary: string | null;
    lostOn: string | null;
  }[];
  sentence: string;
}

/** `GET /api/v1/studies/{id}` of a dry run */
export interface DryRun {
  studyId: string;
  state: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed';
  done: number;
  total: number;
  result: (DryRunResult & { error?: string }) | null;
}

export const signalsCatalogueQuery = queryOptions({
  queryKey: ['signals', 'catalogue'],
  queryFn: ({ signal }) => api.get<{ items: SignalEntry[] }>('/signals', {}, signal),
});

export const signalSettingsQuery = (name: string) =>
  queryOptions({
    queryKey: ['signals', 'settings', name],
    queryFn: ({ signal }) => api.get<SignalSettings>(`/signals/${encodeURIComponent(name)}/settings`, {}, signal),
  });

export const dryRunQuery = (studyId: string) =>
  queryOptions({
    queryKey: ['signals', 'dry-run', studyId],
    queryFn: ({ signal }) => api.get<DryRun>(`/studies/${studyId}`, {}, signal),
    refetchInterval: ({ state }) => (state.data && !['waiting', 'running'].includes(state.data.state) ? false : 700),
  });
