import { Group, SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { EChartsCoreOption } from 'echarts/core';
import { type ReactNode, useMemo, useState } from 'react';
import type { UsageDay } from '../../api/types';
import { useNow, useZone } from '../../app/session';
import { addDays, day, dayIn } from '../../format/dates';
import { Chart, axis } from '../../ui/chart';
import type { ChartColours } from '../../ui/chart-theme';
import { Panel } from '../../ui/panel';
import { Empty, Loaded } from '../../ui/states';
import { usageQuery } from './health.queries';
import { fillDays, topFeatures, usageSentence, weeklyMean } from './usage-series';

type View = 'active' | 'features';

function dayAxis(days: readonly UsageDay[], colours: ChartColours): Record<string, unknown> {
  return {
    ...axis(colours),
    type: 'category',
    data: days.map((entry) => entry.day),
    axisLabel: { color: colours.muted, fontSize: 12, hideOverlap: true, formatter: (value: string) => shortDay(value) },
  };
}

function shortDay(value: string): string {
  return day(value).replace(/ \d{4}$/, '');
}

const grid = { left: 8, right: 8, top: 34, bottom: 4, containLabel: true };
const hover = { trigger: 'axis', axisPointer: { type: 'line' } };
const line = { type: 'line', showSymbol: false, smooth: 0.15, lineStyle: { width: 2 } };

function legend(colours: ChartColours): Record<string, unknown> {
  return { top: 0, left: 0, itemWidth: 14, itemHeight: 8, textStyle: { color: colours.text, fontSize: 12.5 } };
}

function activeOption(days: readonly UsageDay[], colours: ChartColours): EChartsCoreOption {
  return {
    grid,
    tooltip: hover,
    legend: legend(colours),
    xAxis: dayAxis(days, colours),
    yAxis: [
      { ...axis(colours), type: 'value', minInterval: 1 },
      { ...axis(colours), type: 'value', splitLine: { show: false } },
    ],
    series: [
      {
        ...line,
        name: '7-day mean',
        data: weeklyMean(days),
        z: 4,
        lineStyle: { width: 2.5 },
        itemStyle: { color: colours.accent },
      },
      {
        ...line,
        name: 'Active users',
        data: days.map((entry) => entry.activeUsers),
        z: 3,
        smooth: false,
        lineStyle: { width: 1, opacity: 0.5 },
        itemStyle: { color: colours.accent },
      },
      {
        name: 'Events (right)',
        type: 'bar',
        yAxisIndex: 1,
        data: days.map((entry) => entry.events),
        itemStyle: { color: colours.line },
        barCategoryGap: '25%',
      },
    ],
  };
}

function featureOption(days: readonly UsageDay[], colours: ChartColours): EChartsCoreOption {
  const types = ['solid', 'dashed', 'dotted', [8, 3, 2, 3], [2, 2]];
  return {
    grid: { ...grid, top: 58 },
    tooltip: hover,
    legend: legend(colours),
    xAxis: dayAxis(days, colours),
    yAxis: { ...axis(colours), type: 'value', minInterval: 1 },
    series: topFeatures(days).map((name, index) => ({
      ...line,
      name,
      data: days.map((entry) => entry.features[name] ?? 0),
      lineStyle: { width: 2, type: types[index] },
    })),
  };
}

function UsageChart({ days, view }: { days: UsageDay[]; view: View }): ReactNode {
  const option = useMemo(
    () => (colours: ChartColours) => (view === 'active' ? activeOption(days, colours) : featureOption(days, colours)),
    [days, view],
  );
  if (days.every((entry) => entry.events === 0)) {
    return <Empty title="No usage in this time">Nothing was recorded between these days.</Empty>;
  }
  return <Chart option={option} label={usageSentence(days)} height={270} />;
}

/** Daily active users and events, or the most used features, over a range that ends today. */
export function UsagePanel({ accountId }: { accountId: string }): ReactNode {
  const zone = useZone();
  const to = dayIn(useNow(), zone);
  const [range, setRange] = useState('90');
  const [view, setView] = useState<View>('active');
  const from = addDays(to, 1 - Number(range));
  const usage = useQuery({ ...usageQuery(accountId, from, to), placeholderData: keepPreviousData });
  const data = usage.data;
  const days = useMemo(() => (data ? fillDays(data.days, from, to) : []), [data, from, to]);
  return (
    <Panel
      title="Usage"
      aside={
        <Group gap={8}>
          <SegmentedControl
            size="xs"
            aria-label="What to show"
            value={view}
            data={[
              { value: 'active', label: 'Active users' },
              { value: 'features', label: 'Features' },
            ]}
            onChange={(value) => setView(value as View)}
          />
          <SegmentedControl
            size="xs"
            aria-label="Range in days"
            value={range}
            data={[
              { value: '30', label: '30 days' },
              { value: '90', label: '90' },
              { value: '180', label: '180' },
              { value: '365', label: '365' },
            ]}
            onChange={setRange}
          />
        </Group>
      }
    >
      <Loaded query={usage} rows={6}>
        {() => <UsageChart days={days} view={view} />}
      </Loaded>
    </Panel>
  );
}
