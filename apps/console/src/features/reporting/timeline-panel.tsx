import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { TimelineItem } from '../../api/types';
import { useZone } from '../../app/session';
import { instant } from '../../format/dates';
import { words } from '../../format/words';
import { Panel } from '../../ui/panel';
import { Empty, Failed, Lines } from '../../ui/states';
import { timelineQuery } from './account.queries';
import styles from './account.module.css';

function Moment({ item, zone }: { item: TimelineItem; zone: string }): ReactNode {
  return (
    <li data-kind={item.kind}>
      <div style={{ fontWeight: 540 }}>{item.title}</div>
      {item.detail ? <div>{item.detail}</div> : null}
      <div className={`${styles.dim} num`}>
        {words(item.kind)} · {instant(item.at, zone)}
      </div>
    </li>
  );
}

/** The one feed of everything that happened to the account, newest first. */
export function TimelinePanel({ accountId }: { accountId: string }): ReactNode {
  const zone = useZone();
  const timeline = useInfiniteQuery(timelineQuery(accountId));
  const items = timeline.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel title="Timeline">
      {timeline.isPending ? <Lines rows={6} /> : null}
      {timeline.isError && items.length === 0 ? (
        <Failed error={timeline.error} retry={() => void timeline.refetch()} />
      ) : null}
      {timeline.data && items.length === 0 ? <Empty title="Nothing has happened yet" /> : null}
      <ol className={styles.timeline}>
        {items.map((item) => (
          <Moment key={item.id} item={item} zone={zone} />
        ))}
      </ol>
      {timeline.hasNextPage ? (
        <Button
          variant="default"
          size="compact-sm"
          loading={timeline.isFetchingNextPage}
          onClick={() => void timeline.fetchNextPage()}
        >
          Earlier
        </Button>
      ) : null}
    </Panel>
  );
}
