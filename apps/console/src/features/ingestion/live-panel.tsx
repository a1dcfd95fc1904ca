import { Button, Code, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { LiveBody, LiveItem, WatchBody } from '@tenure/contracts';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import type { Source } from '../../api/types';
import { useZone } from '../../app/session';
import { Panel } from '../../ui/panel';
import { Tag } from '../../ui/rows';
import { Empty, Failed, Loaded } from '../../ui/states';
import { pretty, typeWord, whatHappened } from './live-item';
import styles from './source.module.css';

interface Filter {
  type: string;
  account: string;
  user: string;
}

const nothing: Filter = { type: '', account: '', user: '' };
const lookEveryMs = 1_500;
const renewEveryMs = 25_000;

/** Only what is said; spaces around it are nobody's id. */
function asked(filter: Filter): Partial<Filter> {
  return Object.fromEntries(
    Object.entries(filter)
      .map(([name, text]) => [name, text.trim()] as const)
      .filter(([, text]) => text !== ''),
  );
}

/** Watches while it is shown and not paused, and reads what was kept. */
function useLiveItems(source: Source, filter: Partial<Filter>, paused: boolean) {
  const path = `/sources/${source.id}`;
  const watch = useQuery({
    queryKey: ['live', source.id, 'watch', filter],
    queryFn: () => api.post<WatchBody>(`${path}/watch`, filter),
    enabled: !paused,
    refetchInterval: renewEveryMs,
    staleTime: 0,
    gcTime: 0,
  });
  const items = useQuery({
    queryKey: ['live', source.id, 'items', filter],
    queryFn: ({ signal }) => api.get<LiveBody>(`${path}/live`, { ...filter, limit: 100 }, signal),
    enabled: !paused,
    refetchInterval: lookEveryMs,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  return { watch, items };
}

const tones = { accepted: 'good', held: 'warn', rejected: 'bad' } as const;

function clock(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone }).format(new Date(at));
}

function Item({ item }: { item: LiveItem }): ReactNode {
  const zone = useZone();
  return (
    <li>
      <details>
        <summary>
          <span className={`${styles.muted} num`}>{clock(item.at, zone)}</span>
          <span>
            <Tag tone={tones[item.outcome]}>{item.outcome}</Tag>
          </span>
          <span title={whatHappened(item)}>
            <b>{whatHappened(item)}</b>
          </span>
          <span className={styles.muted}>{typeWord(item)}</span>
          <span className={styles.muted}>{[item.accountId, item.userId].filter(Boolean).join(' · ') || '–'}</span>
        </summary>
        {item.reason ? (
          <p className={styles.why}>
            {item.reason.detail}
            {item.reason.pointer ? (
              <>
                {' at '}
                <Code>{item.reason.pointer}</Code>
              </>
            ) : null}
          </p>
        ) : null}
        <div className={styles.both}>
          <div>
            <h4>As it came{item.cut ? ' (cut)' : ''}</h4>
            <Code block tabIndex={0} role="region" aria-label="As it came">
              {pretty(item.raw)}
            </Code>
          </div>
          <div>
            <h4>As it was mapped</h4>
            <Code block tabIndex={0} role="region" aria-label="As it was mapped">
              {item.mapped === null ? 'It was refused.' : pretty(item.mapped)}
            </Code>
          </div>
        </div>
      </details>
    </li>
  );
}

function Filters(props: { filter: Filter; onChange: (filter: Filter) => void }): ReactNode {
  const field = (name: keyof Filter, label: string, placeholder: string): ReactNode => (
    <TextInput
      size="xs"
      label={label}
      placeholder={placeholder}
      value={props.filter[name]}
      onChange={(event) => props.onChange({ ...props.filter, [name]: event.currentTarget.value })}
      style={{ flex: '1 1 120px' }}
    />
  );
  return (
    <div className={styles.filters}>
      {field('type', 'Type', 'usage, ticket.changed')}
      {field('account', 'Account', 'its id')}
      {field('user', 'User', 'their id')}
    </div>
  );
}

/** The last events of a source, as they came and as they were mapped. Nothing is kept once nobody watches. */
export function LivePanel({ source }: { source: Source }): ReactNode {
  const [filter, setFilter] = useState(nothing);
  const [settled] = useDebouncedValue(filter, 400);
  const [paused, setPaused] = useState(false);
  const { watch, items } = useLiveItems(source, asked(settled), paused);
  const pause = (
    <Button size="compact-sm" variant="default" aria-pressed={paused} onClick={() => setPaused((was) => !was)}>
      {paused ? 'Go on' : 'Pause'}
    </Button>
  );
  return (
    <Panel title="Live" hint={paused ? 'Paused' : 'Newest first; kept while somebody watches'} aside={pause}>
      <Filters filter={filter} onChange={setFilter} />
      {watch.isError ? <Failed error={watch.error} retry={() => void watch.refetch()} /> : null}
      <Loaded query={items} rows={4}>
        {(data) => (
          <>
            {data.skipped > 0 ? (
              <p className={styles.muted} role="status" style={{ fontSize: 14 }}>
                {data.skipped} more came in the last minute than are shown: ask for one account or user.
              </p>
            ) : null}
            {data.items.length > 0 ? (
              <ul className={styles.live} aria-label="Live events">
                {data.items.map((item) => (
                  <Item key={item.id} item={item} />
                ))}
              </ul>
            ) : (
              <Empty title="Waiting for the next event">
                What {source.name} sends from now on appears here within a second or two.
              </Empty>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  );
}
