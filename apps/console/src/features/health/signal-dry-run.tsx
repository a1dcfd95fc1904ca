import { Button, Group, Progress, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useCallback } from 'react';
import { api } from '../../api/client';
import { day } from '../../format/dates';
import { count, percent, plural } from '../../format/money';
import { axis, Chart } from '../../ui/chart';
import type { ChartColours } from '../../ui/chart-theme';
import { Panel } from '../../ui/panel';
import { Empty, Loaded } from '../../ui/states';
import { useChange } from '../../ui/use-change';
import { shareSentence } from './signal-form';
import { type DryRunResult, dryRunQuery } from './signal.queries';
import styles from './signal.module.css';

function FiringsChart({ weeks }: { weeks: DryRunResult['weeks'] }): ReactNode {
  const option = useCallback(
    (colours: ChartColours) => ({
      grid: { left: 34, right: 8, top: 30, bottom: 24 },
      legend: { top: 0, left: 0, icon: 'roundRect', textStyle: { color: colours.muted } },
      tooltip: { trigger: 'axis' },
      xAxis: {
        type: 'category',
        data: weeks.map(({ week }) => day(week)),
        ...axis(colours),
        splitLine: { show: false },
      },
      yAxis: { type: 'value', minInterval: 1, ...axis(colours) },
      series: [
        { name: 'With these settings', type: 'bar', barGap: '0%', data: weeks.map(({ proposed }) => proposed) },
        { name: 'As it is set today', type: 'bar', color: colours.muted, data: weeks.map(({ current }) => current) },
      ],
    }),
    [weeks],
  );
  return <Chart label={`Alerts per week over ${plural(weeks.length, 'week')}`} height={220} option={option} />;
}

function Accounts({ items }: { items: DryRunResult['items'] }): ReactNode {
  if (items.length === 0) return null;
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label="Accounts on which it would have fired">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col" data-number>
              Alerts
            </th>
            <th scope="col" data-number>
              Today’s
            </th>
            <th scope="col">First</th>
            <th scope="col">Lost</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.accountId}>
              <td>
                <Link to="/accounts/$accountId" params={{ accountId: item.accountId }} className="text-link">
                  {item.accountName ?? item.accountId}
                </Link>
              </td>
              <td data-number className="num">
                {item.proposed}
              </td>
              <td data-number className="num">
                {item.current}
              </td>
              <td title={item.summary ?? ''} className="num">
                {item.first ? day(item.first) : '–'}
              </td>
              <td className="num">{item.lostOn ? day(item.lostOn) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Result({ result }: { result: DryRunResult }): ReactNode {
  const { current, everyAccount, sentence } = result;
  return (
    <Stack gap="sm">
      <p className={styles.said}>
        It <b>{sentence}</b>. As it is set today: {plural(current.firings, 'alert')} on{' '}
        {plural(current.accounts, 'account')}, {percent(current.lostLater.share)} of them lost later.
      </p>
      <p className={styles.note}>
        Lost later: {shareSentence(result.proposed.lostLater)}. Of all {count(everyAccount.n)} accounts,{' '}
        {percent(everyAccount.share)} were lost.
      </p>
      <FiringsChart weeks={result.weeks} />
      <Accounts items={result.items} />
    </Stack>
  );
}

/** What other settings would have done over the past: progress while it is worked out, then the answer. */
export function SignalDryRun({ studyId }: { studyId: string }): ReactNode {
  const query = useQuery(dryRunQuery(studyId));
  const cancel = useChange({
    write: () => api.post(`/studies/${studyId}/cancel`),
    refresh: ['signals', 'dry-run', studyId],
    said: 'Stopped',
  });
  return (
    <Panel title="Dry run" hint="Every day of the past, with what was known then.">
      <Loaded query={query}>
        {({ state, done, total, result }) => {
          if (state === 'done' && result) return <Result result={result} />;
          if (state === 'cancelled') return <Empty title="Stopped">Nothing was changed.</Empty>;
          if (state === 'failed') return <Empty title="It could not be worked out">{result?.error}</Empty>;
          return (
            <Stack gap="sm">
              <Progress value={total > 0 ? (done / total) * 100 : 0} aria-label="Accounts looked at" />
              <Group justify="space-between">
                <span className="num" aria-live="polite">
                  {count(done)} of {total > 0 ? count(total) : '…'} accounts
                </span>
                <Button size="compact-sm" variant="default" onClick={() => cancel.mutate(undefined)}>
                  Stop
                </Button>
              </Group>
            </Stack>
          );
        }}
      </Loaded>
    </Panel>
  );
}
