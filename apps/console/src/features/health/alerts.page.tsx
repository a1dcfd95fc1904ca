import { Button, Center, Group } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api } from '../../api/client';
import type { Alert, Page, Severity } from '../../api/types';
import type { AlertsSearch } from '../../app/search-params';
import { severityWords, words } from '../../format/words';
import { Filter } from '../../ui/filter';
import { PageHead } from '../../ui/panel';
import panel from '../../ui/panel.module.css';
import { Empty, Failed, Lines } from '../../ui/states';
import { AlertDrawer } from './alert-drawer';
import { AlertList } from './alert-list';
import { signals } from './signals';

const statuses = [
  { value: 'open', label: 'Open' },
  { value: 'acknowledged', label: 'Acknowledged' },
  { value: 'snoozed', label: 'Snoozed' },
  { value: 'resolved', label: 'Resolved' },
  { value: 'open,acknowledged', label: 'Open or acknowledged' },
];
const severities = (Object.keys(severityWords) as Severity[]).map((value) => ({ value, label: severityWords[value] }));

function useAlerts(search: AlertsSearch) {
  const { alert: _opened, ...filters } = search;
  const query = { status: 'open,acknowledged', ...filters, limit: 50 };
  return useInfiniteQuery({
    queryKey: ['alerts', 'list', query],
    queryFn: ({ pageParam, signal }) => api.get<Page<Alert>>('/alerts', { ...query, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

/** Every alert with its life, filtered by the URL; ?alert= opens one. */
export function AlertsPage(): ReactNode {
  const search = useSearch({ from: '/shell/alerts' });
  const navigate = useNavigate();
  const alerts = useAlerts(search);
  const items = alerts.data?.pages.flatMap((page) => page.items) ?? [];
  const set = (change: Partial<AlertsSearch>): void =>
    void navigate({ to: '/alerts', search: { ...search, ...change }, replace: true });
  return (
    <>
      <PageHead title="Alerts" sub="Each is a condition that is true now, with the numbers behind it." />
      <Group gap={8} mb="md">
        <Filter
          label="Status"
          width={210}
          always
          value={search.status ?? 'open,acknowledged'}
          options={statuses}
          onChange={(status) => set({ status })}
        />
        <Filter
          label="Severity"
          value={search.severity}
          options={severities}
          onChange={(severity) => set({ severity })}
        />
        <Filter
          label="Signal"
          width={200}
          value={search.signal}
          options={signals.map((value) => ({ value, label: words(value) }))}
          onChange={(signal) => set({ signal })}
        />
        {search.accountId ? (
          <Button variant="default" size="sm" onClick={() => set({ accountId: undefined })}>
            All accounts
          </Button>
        ) : null}
      </Group>
      <section className={panel.panel} aria-label="Alerts">
        {alerts.isPending ? (
          <div className={panel.body}>
            <Lines rows={8} height={26} />
          </div>
        ) : null}
        {alerts.isError ? <Failed error={alerts.error} retry={() => void alerts.refetch()} /> : null}
        {alerts.data && items.length === 0 ? (
          <Empty title="No alert matches">Nothing of this kind is happening, or the filters are too narrow.</Empty>
        ) : null}
        <AlertList alerts={items} onOpen={(alert) => set({ alert })} />
      </section>
      {alerts.hasNextPage ? (
        <Center mt="md">
          <Button variant="default" loading={alerts.isFetchingNextPage} onClick={() => void alerts.fetchNextPage()}>
            Show more
          </Button>
        </Center>
      ) : null}
      <AlertDrawer alertId={search.alert ?? null} onClose={() => set({ alert: undefined })} />
    </>
  );
}
