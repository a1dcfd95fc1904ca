import { Button, Group, TextInput } from '@mantine/core';
import { useClipboard, useDebouncedCallback, useMediaQuery } from '@mantine/hooks';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { AccountPage } from '../../api/types';
import { useNameOf } from '../../app/owner-name';
import type { AccountsSearch } from '../../app/search-params';
import { plural } from '../../format/money';
import { bandOrder, bandWords, words } from '../../format/words';
import { Filter } from '../../ui/filter';
import { Icon } from '../../ui/icons';
import { PageHead } from '../../ui/panel';
import panel from '../../ui/panel.module.css';
import { Empty, Failed, Lines } from '../../ui/states';
import { PortfolioCards } from './portfolio.cards';
import { DEFAULT_SORT, choices, useAccounts } from './portfolio.queries';
import { PortfolioTable } from './portfolio.table';

type Change = (change: Partial<AccountsSearch>) => void;

const cardSorts = [
  { value: '-arr', label: 'Most ARR' },
  { value: 'score', label: 'Lowest score' },
  { value: 'trend', label: 'Falling most' },
  { value: 'decisionDate', label: 'Next decision' },
  { value: '-openAlerts', label: 'Most alerts' },
  { value: 'name', label: 'Name' },
];

function SearchField({ search, set }: { search: AccountsSearch; set: Change }): ReactNode {
  const [typed, setTyped] = useState(search.search ?? '');
  const apply = useDebouncedCallback((value: string) => set({ search: value.trim() || undefined }), 250);
  return (
    <TextInput
      aria-label="Search accounts"
      placeholder="Search"
      size="sm"
      w={{ base: '100%', sm: 190 }}
      leftSection={<Icon name="search" />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        apply(event.currentTarget.value);
      }}
    />
  );
}

function Filters(props: { search: AccountsSearch; pages: AccountPage[]; set: Change; small: boolean }): ReactNode {
  const { search, set } = props;
  const { segments, stages, owners: addresses } = choices(props.pages);
  const nameOf = useNameOf();
  const owners = addresses.map(({ value, label }) => ({ value, label: value === label ? nameOf(value) : label }));
  const bands = bandOrder.map((value) => ({ value, label: bandWords[value] }));
  const label = (value: string) => ({ value, label: words(value) });
  return (
    <Group gap={8} mb="md">
      <SearchField search={search} set={set} />
      <Filter label="Band" width={130} value={search.band} options={bands} onChange={(band) => set({ band })} />
      <Filter
        label="Segment"
        value={search.segment}
        options={segments.map(label)}
        onChange={(segment) => set({ segment })}
      />
      <Filter label="Stage" value={search.stage} options={stages.map(label)} onChange={(stage) => set({ stage })} />
      <Filter label="Owner" width={170} value={search.owner} options={owners} onChange={(owner) => set({ owner })} />
      {props.small ? (
        <Filter
          label="Sort"
          always
          value={search.sort ?? DEFAULT_SORT}
          options={cardSorts}
          onChange={(sort) => set({ sort })}
        />
      ) : null}
    </Group>
  );
}

function NoAccounts({ filtered }: { filtered: boolean }): ReactNode {
  return (
    <div className={panel.panel}>
      {filtered ? (
        <Empty
          title="No account matches"
          action={
            <Button component={Link} to="/accounts" variant="default" size="sm">
              Clear the filters
            </Button>
          }
        />
      ) : (
        <Empty
          title="No accounts yet"
          action={
            <Button component={Link} to="/settings/sources" size="sm">
              Connect a source
            </Button>
          }
        >
          Accounts appear here as soon as their first event arrives.
        </Empty>
      )}
    </div>
  );
}

function CopyView(): ReactNode {
  const clipboard = useClipboard();
  return (
    <Button
      variant="default"
      size="sm"
      leftSection={<Icon name={clipboard.copied ? 'check' : 'link'} />}
      onClick={() => clipboard.copy(window.location.href)}
    >
      {clipboard.copied ? 'Link copied' : 'Copy link to this view'}
    </Button>
  );
}

/** Every account in one list; the URL keeps search, filters and sort, so a view is saved by its link. */
export function PortfolioPage(): ReactNode {
  const search = useSearch({ from: '/shell/accounts' });
  const navigate = useNavigate();
  const small = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const accounts = useAccounts(search);
  const pages = accounts.data?.pages;
  const rows = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages]);
  const total = pages?.[0]?.total ?? rows.length;
  const set: Change = (change) =>
    void navigate({ to: '/accounts', search: (current) => ({ ...current, ...change }), replace: true });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = accounts;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <>
      <PageHead title="Accounts" sub={pages ? plural(total, 'account') : undefined} aside={<CopyView />} />
      <Filters search={search} pages={pages ?? []} set={set} small={small} />
      {accounts.isPending ? <Lines rows={10} height={28} /> : null}
      {accounts.isError && !pages ? <Failed error={accounts.error} retry={() => void accounts.refetch()} /> : null}
      {pages && rows.length === 0 ? <NoAccounts filtered={Object.keys(search).length > 0} /> : null}
      {rows.length > 0 && small ? <PortfolioCards rows={rows} onEnd={onEnd} /> : null}
      {rows.length > 0 && !small ? (
        <PortfolioTable
          rows={rows}
          total={total}
          sort={search.sort ?? DEFAULT_SORT}
          onSort={(sort) => set({ sort })}
          onEnd={onEnd}
        />
      ) : null}
    </>
  );
}
