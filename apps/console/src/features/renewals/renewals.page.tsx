import { Button, Group, Stack } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Renewal } from '../../api/types';
import { useNow, useZone } from '../../app/session';
import type { RenewalsSearch } from '../../app/search-params';
import { dayIn, month as monthName } from '../../format/dates';
import { categoryOrder, categoryWords, words } from '../../format/words';
import { Filter } from '../../ui/filter';
import { PageHead, Panel } from '../../ui/panel';
import { Empty, Failed, Lines } from '../../ui/states';
import { CalendarPanel } from './calendar-panel';
import { CallDialog, stages } from './call-dialog';
import { calendarRange } from './renewal-months';
import { RenewalTable } from './renewal-table';
import { renewalsQuery } from './renewals.queries';

function List({ search, from, to }: { search: RenewalsSearch; from: string; to: string }): ReactNode {
  const renewals = useInfiniteQuery({ ...renewalsQuery(search, from, to), placeholderData: keepPreviousData });
  const [called, setCalled] = useState<Renewal | null>(null);
  const items = renewals.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel title={search.month ? `Decisions in ${monthName(search.month)}` : 'Renewals'} hint="By decision date">
      {renewals.isPending ? <Lines rows={8} height={24} /> : null}
      {renewals.isError ? <Failed error={renewals.error} retry={() => void renewals.refetch()} /> : null}
      {renewals.data && items.length === 0 ? <Empty title="No renewal matches" /> : null}
      {items.length > 0 ? <RenewalTable renewals={items} onCall={setCalled} /> : null}
      {renewals.hasNextPage ? (
        <Button
          variant="default"
          mt="sm"
          loading={renewals.isFetchingNextPage}
          onClick={() => void renewals.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
      <CallDialog renewal={called} onClose={() => setCalled(null)} />
    </Panel>
  );
}

/** What is due, when it is decided, and how it will go: by month, then one by one. */
export function RenewalsPage(): ReactNode {
  const search = useSearch({ from: '/shell/renewals' });
  const navigate = useNavigate();
  const { from, to } = calendarRange(dayIn(useNow(), useZone()));
  const set = (change: Partial<RenewalsSearch>): void =>
    void navigate({ to: '/renewals', search: { ...search, ...change }, replace: true });
  return (
    <>
      <PageHead
        title="Renewals"
        sub="Probabilities are priors by segment and health until outcomes have been learnt."
      />
      <Group gap={8} mb="md">
        <Filter
          label="Category"
          value={search.category}
          options={categoryOrder.map((value) => ({ value, label: categoryWords[value] }))}
          onChange={(category) => set({ category })}
        />
        <Filter
          label="Stage"
          value={search.stage}
          options={stages.map((value) => ({ value, label: words(value) }))}
          onChange={(stage) => set({ stage })}
        />
        <Filter
          label="Owner"
          value={search.owner}
          options={[{ value: 'me', label: 'Mine' }]}
          onChange={(owner) => set({ owner })}
        />
      </Group>
      <Stack>
        <CalendarPanel
          from={from}
          to={to}
          owner={search.owner}
          chosen={search.month}
          onChoose={(month) => set({ month })}
        />
        <List search={search} from={from} to={to} />
      </Stack>
    </>
  );
}
