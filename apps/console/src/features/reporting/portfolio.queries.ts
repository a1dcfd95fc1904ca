import { useInfiniteQuery, keepPreviousData } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { AccountPage, AccountRow } from '../../api/types';
import type { AccountsSearch } from '../../app/search-params';

const PAGE = 200;
export const DEFAULT_SORT = '-arr';

/** The accounts of a view, 200 at a time as the list is scrolled. */
export function useAccounts(search: AccountsSearch) {
  const query = { sort: DEFAULT_SORT, ...search, limit: PAGE };
  return useInfiniteQuery({
    queryKey: ['accounts', 'list', query],
    queryFn: ({ pageParam, signal }) => api.get<AccountPage>('/accounts', { ...query, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export interface Choices {
  segments: string[];
  stages: string[];
  owners: { value: string; label: string }[];
}

/** What can be chosen in the filters: the API's facets, else what the loaded rows show. */
export function choices(pages: readonly AccountPage[]): Choices {
  const facets = pages[0]?.facets;
  const rows = pages.flatMap((page) => page.items);
  const of = (pick: (row: AccountRow) => string | null): string[] =>
    [...new Set(rows.flatMap((row) => pick(row) ?? []))].toSorted();
  const owners = facets?.owners ?? rows.flatMap((row) => row.owner ?? []);
  const named = new Map(owners.map((owner) => [owner.email, owner.name ?? owner.email]));
  return {
    segments: facets?.segments ?? of((row) => row.segment),
    stages: facets?.stages ?? of((row) => row.stage),
    owners: [
      { value: 'me', label: 'Me' },
      { value: 'none', label: 'Nobody' },
      ...[...named]
        .map(([value, label]) => ({ value, label }))
        .toSorted((one, other) => one.label.localeCompare(other.label)),
    ],
  };
}

/** The next sort after a click on a column: its natural direction first, then the other. */
export function nextSort(current: string, column: string, descendingFirst: boolean): string {
  const first = descendingFirst ? `-${column}` : column;
  const second = descendingFirst ? column : `-${column}`;
  return current === first ? second : first;
}
