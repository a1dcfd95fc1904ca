import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import type { AccountPage, TodayItem, TodayList } from '../../api/types';
import { useCanWrite, useMe } from '../../app/session';
import { plural } from '../../format/money';
import { nameOf } from '../../format/words';
import { Icon } from '../../ui/icons';
import { useKeys } from '../../ui/keys';
import { PageHead } from '../../ui/panel';
import { useRowFocus } from '../../ui/row-focus';
import { Loaded } from '../../ui/states';
import { AlertDrawer } from '../health/alert-drawer';
import { useAlertActions } from '../health/alert-actions';
import { useDoneAlerts } from '../health/done-alerts';
import { SourceNotice } from '../ingestion/source-notice';
import { headline, waiting } from './today-list';
import { TodayRow } from './today-row';
import styles from './today.module.css';

type Owner = 'me' | 'all';

function Quiet({ owner }: { owner: Owner }): ReactNode {
  const watched = useQuery({
    queryKey: ['accounts', 'watched', owner],
    queryFn: ({ signal }) =>
      api.get<AccountPage>('/accounts', { limit: 1, owner: owner === 'me' ? 'me' : undefined }, signal),
  });
  const total = watched.data?.total;
  const isEmpty = total === 0 && owner === 'all';
  return (
    <div className={`${styles.list} ${styles.quiet}`}>
      <span className={styles.tick}>
        <Icon name="check" size={26} />
      </span>
      <h2>{isEmpty ? 'No accounts yet' : 'Nothing needs you'}</h2>
      <p>
        {isEmpty
          ? 'Connect a source, and accounts appear here as their events arrive.'
          : `${total === undefined ? 'Your accounts are' : `${plural(total, 'account')} ${total === 1 ? 'is' : 'are'}`} watched for falling usage, silence, people who leave, support trouble and renewals at risk. Whatever changes shows up here within seconds.`}
      </p>
      {isEmpty ? (
        <Button component={Link} to="/settings/sources">
          Connect a source
        </Button>
      ) : (
        <Button component={Link} to="/accounts" variant="default">
          See all accounts
        </Button>
      )}
    </div>
  );
}

function Rows({ items, more, showOwner }: { items: TodayItem[]; more: number; showOwner: boolean }): ReactNode {
  const canWrite = useCanWrite();
  const actions = useAlertActions();
  const rows = useRowFocus(items.length);
  const [evidence, setEvidence] = useState<string | null>(null);
  const withCurrent = (act: (item: TodayItem) => void) => () => {
    const item = items[rows.current];
    if (item && canWrite) act(item);
  };
  const target = (item: TodayItem) => ({ alertIds: item.alertIds, name: nameOf(item) });
  useKeys({
    j: () => rows.move(1),
    k: () => rows.move(-1),
    o: rows.open,
    Enter: rows.open,
    a: withCurrent((item) => actions.acknowledge(target(item))),
    s: withCurrent((item) => actions.snooze(target(item))),
    r: withCurrent((item) => actions.resolve(target(item))),
  });
  return (
    <>
      <ol className={styles.list} ref={(element) => void (rows.ref.current = element)}>
        {items.map((item, index) => (
          <TodayRow
            key={item.accountId}
            item={item}
            current={index === rows.current}
            showOwner={showOwner}
            actions={canWrite ? actions : null}
            onFocus={() => rows.setCurrent(index)}
            onEvidence={setEvidence}
          />
        ))}
      </ol>
      <div className={styles.foot}>
        <span className="keys-only">
          <kbd className="key">j</kbd> <kbd className="key">k</kbd> move · <kbd className="key">a</kbd> acknowledge ·{' '}
          <kbd className="key">s</kbd> snooze · <kbd className="key">r</kbd> resolve · <kbd className="key">?</kbd> all
          keys
        </span>
        <Link to="/alerts" className="text-link">
          {more > 0 ? `${more} more in alerts` : 'All alerts'}
        </Link>
      </div>
      {actions.dialogs}
      <AlertDrawer alertId={evidence} onClose={() => setEvidence(null)} />
    </>
  );
}

function Loading(): ReactNode {
  return (
    <div className={styles.list} role="status" aria-label="Loading">
      {[0, 1, 2, 3, 4].map((row) => (
        <div key={row} className={styles.row}>
          <Skeleton height={38} width="70%" />
          <Skeleton height={38} />
          <Skeleton height={38} width={220} />
        </div>
      ))}
    </div>
  );
}

/** Which accounts need me, why, and what to do: at most ten, in the order the API ranks them. */
export function TodayPage(): ReactNode {
  const { person } = useMe();
  const navigate = useNavigate();
  const done = useDoneAlerts();
  const owner = useSearch({ from: '/shell/' }).owner ?? (person.role === 'csm' ? 'me' : 'all');
  const today = useQuery({
    queryKey: ['today', owner],
    queryFn: ({ signal }) => api.get<TodayList>('/today', { owner }, signal),
    refetchInterval: 5 * 60_000,
  });
  const items = waiting(today.data?.items ?? [], done);
  return (
    <>
      <PageHead
        title="Today"
        sub={items.length > 0 ? headline(items, today.data?.more ?? 0) : undefined}
        aside={
          <SegmentedControl
            size="sm"
            aria-label="Whose accounts"
            value={owner}
            data={[
              { value: 'me', label: 'My accounts' },
              { value: 'all', label: 'Everyone’s' },
            ]}
            onChange={(value) => void navigate({ to: '/', search: { owner: value as Owner } })}
          />
        }
      />
      <SourceNotice />
      <Loaded query={today} skeleton={<Loading />}>
        {(data) =>
          items.length > 0 ? (
            <Rows items={items} more={data.more} showOwner={owner === 'all'} />
          ) : (
            <Quiet owner={owner} />
          )
        }
      </Loaded>
    </>
  );
}
