import { queryOptions } from '@tanstack/react-query';
import type { SourceKeysBody, SourceVolumesBody, VolumeSeriesBody } from '@tenure/contracts';
import { api } from '../../api/client';
import type { Page, Source } from '../../api/types';

export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: ({ signal }) => api.get<Page<Source>>('/sources', {}, signal),
});

/** How every source stands; looked at again each minute, because silence sends nothing that would tell us. */
export const volumesQuery = queryOptions({
  queryKey: ['sources', 'volume'],
  queryFn: ({ signal }) => api.get<SourceVolumesBody>('/sources/volume', {}, signal),
  refetchInterval: 60_000,
});

export const volumeQuery = (sourceId: string) =>
  queryOptions({
    queryKey: ['sources', sourceId, 'volume'],
    queryFn: ({ signal }) => api.get<VolumeSeriesBody>(`/sources/${sourceId}/volume`, { hours: 72 }, signal),
    refetchInterval: 30_000,
  });

export const keysQuery = (sourceId: string) =>
  queryOptions({
    queryKey: ['sources', sourceId, 'keys'],
    queryFn: ({ signal }) => api.get<SourceKeysBody>(`/sources/${sourceId}/keys`, {}, signal),
  });

export interface SourceSettings {
  eventsPerSecond: number | null;
  accountProperty: string | null;
}

export const settingsQuery = (sourceId: string) =>
  queryOptions({
    queryKey: ['sources', sourceId, 'settings'],
    queryFn: ({ signal }) => api.get<SourceSettings>(`/sources/${sourceId}/settings`, {}, signal),
  });
