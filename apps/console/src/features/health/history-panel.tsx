import { SegmentedControl, Stack } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { EChartsCoreOption } from 'echarts/core';
import { type ReactNode, useMemo, useState } from 'react';
import type { HealthHistory, Ledger } from '../../api/types';
import { useNow, useZone } from '../../app/session';
import { addDays, day, dayIn } from '../../format/dates';
import { words } from '../../format/words';
import { axis, Chart } from '../../ui/chart';
import type { ChartColours } from '../../ui/chart-theme';
import { Panel } from '../../ui/panel';
import { Empty, Loaded } from '../../ui/states';
import { historyQuery, ledgerQuery } from './health.queries';
import { causeWords, ledgerSentence, signed, type Step, waterfall } from './ledger';
import styles from './score-panel.module.css';

type Items = HealthHistory['items'];

const line = (items: Items, name: string, dashed: boolean) => ({
  type: 'line' as const,
  name,
  showSymbol: false,
  connectNulls: false,
  lineStyle: { width: 2, type: dashed ? ('dashed' as const) : ('solid' as const) },
  data: items.map((item) => [item.day, item.score]),
});

function historyOption(told: Items, under: Items, colours: ChartColours): EChartsCoreOption {
  return {
    grid: { left: 34, right: 10, top: 30, bottom: 24 },
    legend: { top: 0, left: 0, textStyle: { color: colours.muted }, itemHeight: 8 },
    xAxis: { type: 'time', ...axis(colours), splitLine: { show: false }, splitNumber: 4 },
    yAxis: { type: 'value', min: 0, max: 100, ...axis(colours) },
    tooltip: { trigger: 'axis' },
    series: [line(under, 'Under the model of today', false), line(told, 'As it was told then', true)],
  };
}

function History({ accountId }: { accountId: string }): ReactNode {
  const from = addDays(dayIn(useNow(), useZone()), -364);
  const told = useQuery(historyQuery(accountId, from));
  const under = useQuery(historyQuery(accountId, from, 'current'));
  const [toldItems, underItems] = [told.data?.items, under.data?.items];
  const option = useMemo(
    () => (colours: ChartColours) => historyOption(toldItems ?? [], underItems ?? [], colours),
    [toldItems, underItems],
  );
  return (
    <Loaded query={under} rows={5}>
      {({ items }) => {
        const known = items.filter(({ score }) => score !== null);
        const [first, last] = [known[0], known.at(-1)];
        if (!first || !last) return <Empty title="No past scores yet">They show as events come in.</Empty>;
        const label = `Score of the last year: ${first.score} on ${day(first.day)}, ${last.score} on ${day(last.day)}`;
        return <Chart option={option} label={label} height={210} />;
      }}
    </Loaded>
  );
}

const lowest = (steps: readonly Step[]): number => {
  const levels = steps.map(({ base, size, kind }) => (kind === 'end' ? size : base));
  return Math.max(0, Math.floor((Math.min(...levels) - 5) / 10) * 10);
};

function ledgerOption(steps: readonly Step[], colours: ChartColours): EChartsCoreOption {
  const fill = { end: colours.accent, up: colours.green, down: colours.red };
  return {
    grid: { left: 30, right: 8, top: 10, bottom: 38 },
    xAxis: {
      type: 'category',
      data: steps.map(({ name }) => name),
      ...axis(colours),
      axisLabel: { color: colours.muted, fontSize: 11, interval: 0, width: 74, overflow: 'break' },
    },
    // From a round number below everything: a change of three points has to be seen beside a score of eighty.
    yAxis: { type: 'value', min: lowest(steps), ...axis(colours) },
    series: [
      {
        type: 'bar',
        stack: 'score',
        silent: true,
        itemStyle: { color: 'transparent' },
        data: steps.map((s) => s.base),
      },
      {
        type: 'bar',
        stack: 'score',
        barMaxWidth: 44,
        data: steps.map(({ size, kind }) => ({ value: size, itemStyle: { color: fill[kind], borderRadius: 3 } })),
      },
    ],
  };
}

function Split({ ledger }: { ledger: Ledger }): ReactNode {
  const steps = useMemo(() => waterfall(ledger, [day(ledger.from.asOf.slice(0, 10)), 'Now']), [ledger]);
  const option = useMemo(() => (colours: ChartColours) => ledgerOption(steps, colours), [steps]);
  const parts = ledger.parts.filter(({ lines }) => lines.length > 0);
  return (
    <>
      <p className={styles.sum}>{ledgerSentence(ledger)}</p>
      <Chart option={option} label={ledgerSentence(ledger)} height={190} />
      <ul className={styles.list}>
        {parts.map(({ cause, points, lines }) => (
          <li key={cause}>
            <details className={styles.item}>
              <summary>
                <b>{causeWords[cause]}</b>
                <span />
                <span className={`${styles.points} num`}>{signed(points)}</span>
              </summary>
              <ul className={styles.more}>
                {lines.map((each) => (
                  <li key={each.measure} className={styles.reason}>
                    <b className="num">{signed(each.points)}</b> {words(each.measure.replace(':', ' '))}: {each.reason}
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}

const spans = [
  { value: '7', label: 'Week' },
  { value: '28', label: '4 weeks' },
  { value: '91', label: '13 weeks' },
];

/** The score of the last year, and why it is another one than some time ago. */
export function HistoryPanel({ accountId }: { accountId: string }): ReactNode {
  const [span, setSpan] = useState('28');
  const today = dayIn(useNow(), useZone());
  const ledger = useQuery({
    ...ledgerQuery(accountId, addDays(today, -Number(span))),
    placeholderData: keepPreviousData,
  });
  return (
    <Panel title="How the score changed">
      <Stack>
        <History accountId={accountId} />
        <div>
          <SegmentedControl size="xs" aria-label="Compared with" data={spans} value={span} onChange={setSpan} />
          <Loaded query={ledger} rows={5}>
            {(data) => <Split ledger={data} />}
          </Loaded>
        </div>
      </Stack>
    </Panel>
  );
}
