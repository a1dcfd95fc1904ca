import { Button, Code, Progress as Bar } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RejectGroup, ReplayBody, ReplayRequest } from '@tenure/contracts';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import type { Rejects, Source } from '../../api/types';
import { useCanManage, useNow, useZone } from '../../app/session';
import { ago, instant } from '../../format/dates';
import { plural } from '../../format/money';
import { words } from '../../format/words';
import { Panel } from '../../ui/panel';
import { Empty, Loaded } from '../../ui/states';
import { toastFailed } from '../../ui/toast';
import { pretty } from './live-item';
import { type Progress, reasonsOf, replayAll } from './replay';
import styles from './source.module.css';

type Page = Rejects & { nextCursor: string | null };

const filterOf = ({ code, pointer }: RejectGroup) => ({ code, ...(pointer === undefined ? {} : { pointer }) });

/** The items of one reason as they were sent, newest first. */
function Items({ source, group }: { source: Source; group: RejectGroup }): ReactNode {
  const zone = useZone();
  const pages = useInfiniteQuery({
    queryKey: ['sources', source.id, 'rejects', 'items', group.code, group.pointer],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page>(`/sources/${source.id}/rejects`, { ...filterOf(group), limit: 20, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {items.map((item) => (
        <details key={item.id} style={{ marginTop: 8, fontSize: 13.5 }}>
          <summary style={{ cursor: 'pointer' }}>
            {item.detail} · {instant(item.receivedAt, zone)}
            {item.replayedAt ? ` · refused again ${instant(item.replayedAt, zone)}` : ''}
          </summary>
          <Code block mt={6} tabIndex={0} role="region" aria-label="As it was sent">
            {pretty(item.body)}
          </Code>
        </details>
      ))}
      {pages.hasNextPage ? (
        <Button
          size="compact-sm"
          variant="subtle"
          mt={8}
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Older ones
        </Button>
      ) : null}
    </>
  );
}

function Group(props: { source: Source; group: RejectGroup; onReplay: (() => void) | null; busy: boolean }): ReactNode {
  const { group } = props;
  const now = useNow();
  const zone = useZone();
  const [open, setOpen] = useState(false);
  const name = `${words(group.code)}${group.pointer ? ` at ${group.pointer}` : ''}`;
  return (
    <li className={styles.group}>
      <div>
        <span style={{ flex: '1 1 240px', minWidth: 0 }}>
          <b>{words(group.code)}</b> {group.pointer ? <Code>{group.pointer}</Code> : null}{' '}
          <span className="num">× {group.count}</span>
          <p>
            {group.detail} First {ago(group.firstAt, now, zone)}, last {ago(group.lastAt, now, zone)}.
          </p>
        </span>
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={open}
          aria-label={`${open ? 'Hide' : 'Show'} what was sent: ${name}`}
          onClick={() => setOpen((was) => !was)}
        >
          {open ? 'Hide' : 'Show'}
        </Button>
        {props.onReplay ? (
          <Button
            size="compact-sm"
            variant="default"
            disabled={props.busy}
            aria-label={`Replay ${name}`}
            onClick={props.onReplay}
          >
            Replay
          </Button>
        ) : null}
      </div>
      {open ? <Items source={props.source} group={group} /> : null}
    </li>
  );
}

/** What a replay came to so far, and what is left of it. */
function Result({ progress, running }: { progress: Progress; running: boolean }): ReactNode {
  const { accepted, held, rejected, remaining } = progress;
  const done = accepted + held + rejected.length;
  return (
    <div className={styles.result} role="status">
      {running ? <Bar value={(100 * done) / Math.max(1, done + remaining)} mb={8} aria-label="Replay" /> : null}
      <b>
        {running ? 'Replaying' : 'Replayed'}: {accepted} accepted, {held} held, {rejected.length} refused again
      </b>
      {remaining > 0 ? <span> · {remaining} to go</span> : null}
      {rejected.length > 0 ? (
        <ul>
          {reasonsOf(rejected)
            .slice(0, 5)
            .map(({ reason, count }) => (
              <li key={reason}>
                {count} × {reason}
              </li>
            ))}
        </ul>
      ) : null}
    </div>
  );
}

function useReplay(source: Source) {
  const client = useQueryClient();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [running, setRunning] = useState(false);
  const send = (request: ReplayRequest) => api.post<ReplayBody>(`/sources/${source.id}/rejects/replay`, request);
  const start = async (wanted: ReplayRequest): Promise<void> => {
    setRunning(true);
    setProgress(null);
    try {
      await replayAll(send, wanted, setProgress);
    } catch (error) {
      toastFailed(error, 'The replay stopped');
    } finally {
      setRunning(false);
      await client.invalidateQueries({ queryKey: ['sources'] });
    }
  };
  return { progress, running, start: (wanted: ReplayRequest) => void start(wanted) };
}

/** What was refused, by reason; once its cause is repaired, it takes the way it came in once more. */
export function RejectsPanel({ source }: { source: Source }): ReactNode {
  const canReplay = useCanManage();
  const replay = useReplay(source);
  const rejects = useQuery({
    queryKey: ['sources', source.id, 'rejects', 'groups'],
    queryFn: ({ signal }) => api.get<Page>(`/sources/${source.id}/rejects`, { limit: 1 }, signal),
    refetchInterval: 15_000,
  });
  const some = (rejects.data?.groups.length ?? 0) > 0;
  const all =
    canReplay && some ? (
      <Button size="compact-sm" variant="default" loading={replay.running} onClick={() => replay.start({})}>
        Replay all
      </Button>
    ) : null;
  return (
    <Panel title="Rejects" hint="Kept for 35 days, as they were sent" aside={all}>
      {replay.progress ? <Result progress={replay.progress} running={replay.running} /> : null}
      <Loaded query={rejects} rows={3}>
        {(data) =>
          data.groups.length > 0 ? (
            <>
              <p className={styles.muted} style={{ marginTop: 0, fontSize: 14 }}>
                {plural(sum(data.groups), 'item')} refused. Repair the cause (the sender, this source’s settings or its
                mapping), then replay: what is taken keeps its identity and its time, so nothing counts twice.
              </p>
              <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
                {data.groups.map((group) => (
                  <Group
                    key={`${group.code} ${group.pointer}`}
                    source={source}
                    group={group}
                    busy={replay.running}
                    onReplay={canReplay ? () => replay.start(filterOf(group)) : null}
                  />
                ))}
              </ul>
            </>
          ) : (
            <Empty title="Nothing is refused">Everything that this source sent is accepted or held.</Empty>
          )
        }
      </Loaded>
    </Panel>
  );
}

const sum = (groups: readonly RejectGroup[]): number => groups.reduce((total, group) => total + group.count, 0);
