import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { count, plural } from '../../format/money';
import { Panel } from '../../ui/panel';
import { Rows } from '../../ui/rows';
import { Empty, Loaded } from '../../ui/states';
import { EventRow } from './event-row';
import { catalogueQuery, featuresQuery } from './events.queries';
import styles from './events.module.css';

type Hidden = 'no' | 'only';

function Nothing({ search, hidden }: { search: string; hidden: Hidden }): ReactNode {
  if (search) return <Empty title={`No event name has “${search}” in it`} />;
  if (hidden === 'only')
    return <Empty title="Nothing is hidden">Hide names that are noise: they are counted on.</Empty>;
  return (
    <Empty
      title="No event yet"
      action={
        <Button component={Link} to="/settings/sources">
          Connect a source
        </Button>
      }
    >
      Names appear here within ten seconds after the first usage event came in.
    </Empty>
  );
}

/** The names that usage comes with: their volume, their properties, the features they count to. */
export function EventsPage(): ReactNode {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 250);
  const [hidden, setHidden] = useState<Hidden>('no');
  const catalogue = useInfiniteQuery({ ...catalogueQuery(search, hidden), placeholderData: keepPreviousData });
  const features = useQuery(featuresQuery);
  return (
    <Panel title="Events" hint="The names that usage comes with, the busiest first">
      <div className={styles.tools}>
        <TextInput
          size="sm"
          aria-label="Search event names"
          placeholder="Search"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <SegmentedControl
          size="xs"
          aria-label="Which names"
          value={hidden}
          onChange={(value) => setHidden(value as Hidden)}
          data={[
            { value: 'no', label: 'In use' },
            { value: 'only', label: 'Hidden' },
          ]}
        />
      </div>
      <Loaded query={catalogue} rows={6}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          const { total = 0, capacity = 0, other = 0 } = pages[0] ?? {};
          return (
            <>
              {items.length > 0 ? (
                <Rows>
                  {items.map((event) => (
                    <EventRow key={event.name} event={event} features={features.data?.items ?? []} />
                  ))}
                </Rows>
              ) : (
                <Nothing search={search} hidden={hidden} />
              )}
              {catalogue.hasNextPage ? (
                <Button
                  variant="default"
                  size="sm"
                  mt="md"
                  loading={catalogue.isFetchingNextPage}
                  onClick={() => void catalogue.fetchNextPage()}
                >
                  More names
                </Button>
              ) : null}
              {total > 0 ? (
                <p className={`${styles.facts} num`} style={{ marginTop: 14 }}>
                  {count(total)} of {count(capacity)} places for names are taken.
                  {other > 0 ? ` Other: ${plural(other, 'event')} with names that found no place.` : ''}
                </p>
              ) : null}
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}
