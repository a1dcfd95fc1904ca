import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { CatalogueBody, CataloguePropertiesBody } from '@tenure/contracts';
import { api } from '../../api/client';
import { toastDone, toastFailed } from '../../ui/toast';
import type { Feature } from './feature-map';

export const catalogueQuery = (search: string, hidden: 'no' | 'only') =>
  infiniteQueryOptions({
    queryKey: ['catalogue', search, hidden],
    queryFn: ({ pageParam, signal }) =>
      api.get<CatalogueBody>('/catalogue', { search, hidden, limit: 50, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

export const propertiesQuery = (name: string) =>
  queryOptions({
    queryKey: ['catalogue', 'properties', name],
    queryFn: ({ signal }) => api.get<CataloguePropertiesBody>('/catalogue/properties', { name }, signal),
  });

export const featuresQuery = queryOptions({
  queryKey: ['features'],
  queryFn: ({ signal }) => api.get<{ items: Feature[] }>('/features', {}, signal),
});

/** Changes the features as they are on the server now, and can take it back. */
export function useFeatureChange() {
  const client = useQueryClient();
  const put = async (items: Feature[]): Promise<void> => {
    await api.put('/features', { items });
    await client.invalidateQueries({ queryKey: ['features'] });
  };
  return useMutation({
    mutationFn: async (change: { said: string; of: (features: readonly Feature[]) => Feature[] }) => {
      const { items: before } = await client.fetchQuery({ ...featuresQuery, staleTime: 0 });
      await put(change.of(before));
      return { before, said: change.said };
    },
    onSuccess: ({ before, said }) => toastDone(said, () => void put(before).catch(toastFailed)),
    onError: (error) => toastFailed(error),
  });
}

/** Hides a name as noise, or shows it again; and can take it back. */
export function useHide() {
  const client = useQueryClient();
  const hide = async (name: string, hidden: boolean): Promise<void> => {
    await api.post('/catalogue/hide', { names: [name], hidden });
    await client.invalidateQueries({ queryKey: ['catalogue'] });
  };
  return useMutation({
    mutationFn: ({ name, hidden }: { name: string; hidden: boolean }) => hide(name, hidden),
    onSuccess: (_, { name, hidden }) =>
      toastDone(
        hidden ? `${name} is hidden` : `${name} is shown again`,
        () => void hide(name, !hidden).catch(toastFailed),
      ),
    onError: (error) => toastFailed(error),
  });
}
