import { useQuery } from '@tanstack/react-query';
import type { VolumeSeriesBody } from '@tenure/contracts';
import type { EChartsCoreOption } from 'echarts/core';
import { type ReactNode, useMemo } from 'react';
import type { Source } from '../../api/types';
import { useMe, useNow, useZone } from '../../app/session';
import { ago, instant } from '../../format/dates';
import { count, plural } from '../../format/money';
import { words } from '../../format/words';
import { Chart, axis } from '../../ui/chart';
import type { ChartColours } from '../../ui/chart-theme';
import { Panel } from '../../ui/panel';
import { Tag } from '../../ui/rows';
import { Loaded } from '../../ui/states';
import { SnippetBlock } from './snippet-block';
import { snippetsFor } from './snippets';
import { SettingsForm } from './source-settings-form';
import { isJudged, statusTones, statusWords } from './source-words';
import styles from './source.module.css';
import { keysQuery, settingsQuery, volumeQuery, volumesQuery } from './sources.queries';
import { WebhookPanel } from './webhook-panel';

type Items = VolumeSeriesBody['items'];

/** Hours as bars, with the band that is usual behind them: a transparent floor, and the band stacked on it. */
function option(items: Items, zone: string, colours: ChartColours): EChartsCoreOption {
  const label = (at: string): string => instant(at, zone).replace(/ \d{4},/, ',');
  const flat = {
    type: 'line',
    stack: 'usual',
    showSymbol: false,
    step: 'middle',
    lineStyle: { opacity: 0 },
    silent: true,
  };
  const bar = { type: 'bar', stack: 'events', barCategoryGap: '20%' };
  return {
    grid: { left: 4, right: 4, top: 30, bottom: 2, containLabel: true },
    tooltip: { trigger: 'axis' },
    legend: {
      top: 0,
      left: 0,
      itemWidth: 12,
      itemHeight: 8,
      textStyle: { color: colours.text, fontSize: 12.5 },
      data: ['Accepted', 'Held', 'Rejected', 'Usual'],
    },
    xAxis: {
      ...axis(colours),
      type: 'category',
      data: items.map((each) => label(each.at)),
      axisLabel: { color: colours.muted, hideOverlap: true },
    },
    yAxis: { ...axis(colours), type: 'value', minInterval: 1 },
    series: [
      { ...flat, name: 'Usual from', data: items.map((each) => each.usual?.low ?? null), tooltip: { show: false } },
      {
        ...flat,
        name: 'Usual',
        data: items.map((each) => (each.usual ? each.usual.high - each.usual.low : null)),
        areaStyle: { color: colours.muted, opacity: 0.16 },
        itemStyle: { color: colours.muted },
        tooltip: { show: false },
      },
      { ...bar, name: 'Accepted', data: items.map((each) => each.accepted), itemStyle: { color: colours.accent } },
      { ...bar, name: 'Held', data: items.map((each) => each.held), itemStyle: { color: colours.yellow } },
      { ...bar, name: 'Rejected', data: items.map((each) => each.rejected), itemStyle: { color: colours.red } },
    ],
  };
}

function Hours({ items }: { items: Items }): ReactNode {
  const zone = useZone();
  const chart = useMemo(() => (colours: ChartColours) => option(items, zone, colours), [items, zone]);
  const total = items.reduce((sum, each) => sum + each.accepted + each.held + each.rejected, 0);
  return <Chart label={`${plural(total, 'item')} in the last 72 hours, by the hour`} height={230} option={chart} />;
}

/** Every item is one of the three; the sum is what was sent. */
function Arithmetic({ source: volume }: { source: VolumeSeriesBody['source'] }): ReactNode {
  return (
    <p className={`${styles.sum} num`}>
      <b>{count(volume.sent)}</b> sent <span>=</span> <b>{count(volume.accepted)}</b> accepted <span>+</span>
      <b>{count(volume.held)}</b> held <span>+</span> <b>{count(volume.rejected)}</b> rejected
      <span>in 36 days</span>
    </p>
  );
}

function VolumePanel({ source }: { source: Source }): ReactNode {
  const volume = useQuery(volumeQuery(source.id));
  const zone = useZone();
  return (
    <Panel title="Volume" hint="By the hour it came, last three days">
      <Loaded query={volume} rows={6}>
        {(data) => (
          <>
            {isJudged(source) ? (
              <p className={styles.judged}>
                <Tag tone={statusTones[data.source.status]}>{statusWords[data.source.status]}</Tag>
                {data.source.since ? <span>Since {instant(data.source.since, zone)}.</span> : null}
                <span className={styles.muted}>{data.source.detail}</span>
              </p>
            ) : null}
            <Arithmetic source={data.source} />
            <Hours items={data.items} />
          </>
        )}
      </Loaded>
    </Panel>
  );
}

/** The keys that count, never what they are: after a rotation also the one before, until its time is over. */
function Keys({ source }: { source: Source }): ReactNode {
  const now = useNow();
  const zone = useZone();
  const keys = useQuery(keysQuery(source.id));
  return (
    <>
      <dt>Write keys</dt>
      <dd>
        {keys.data?.items.length === 0 ? 'none counts' : null}
        {keys.data?.items.map((key) => (
          <div key={key.createdAt}>
            {key.prefix}… <span className={styles.muted}>(kept as a hash)</span>
            <div className={styles.muted}>
              {key.lastUsedAt ? `used ${ago(key.lastUsedAt, now, zone)}` : 'never used'}
              {key.expiresAt ? `, works until ${instant(key.expiresAt, zone)}` : ''}
            </div>
          </div>
        ))}
      </dd>
    </>
  );
}

function Facts({ source }: { source: Source }): ReactNode {
  const zone = useZone();
  const isAdmin = useMe().person.role === 'admin';
  const settings = useQuery(settingsQuery(source.id));
  const volume = useQuery(volumeQuery(source.id));
  const types = volume.data?.source.types ?? [];
  return (
    <Panel title="Source">
      <dl className={styles.facts}>
        <dt>State</dt>
        <dd>{words(source.state)}</dd>
        <dt>Id</dt>
        <dd>{source.id}</dd>
        {source.kind === 'webhook' ? null : <Keys source={source} />}
        <dt>Made</dt>
        <dd>{instant(source.createdAt, zone)}</dd>
        <dt>Delivers</dt>
        <dd>{types.length > 0 ? types.map((each) => spoken(each.type)).join(', ') : 'nothing yet'}</dd>
      </dl>
      {settings.data ? (
        <SettingsForm
          key={JSON.stringify(settings.data)}
          source={source}
          settings={settings.data}
          readOnly={!isAdmin}
        />
      ) : null}
    </Panel>
  );
}

/** 'tenure.usage.recorded.v1' → 'usage.recorded'. */
const spoken = (type: string): string => type.replace(/^tenure\.(.+)\.v\d+$/, '$1');

function SendPanel({ source }: { source: Source }): ReactNode {
  const volumes = useQuery(volumesQuery);
  const snippets = volumes.data ? snippetsFor(source.kind, volumes.data.ingestUrl) : [];
  if (snippets.length === 0) return null;
  return (
    <Panel title="Send events" hint="With the write key of this source">
      <SnippetBlock snippets={snippets} />
    </Panel>
  );
}

/** What a source is and what it sends. */
export function SourceOverview({ source }: { source: Source }): ReactNode {
  return (
    <div className={styles.grid}>
      <div className={styles.stack}>
        <VolumePanel source={source} />
        {source.kind === 'webhook' ? <WebhookPanel source={source} /> : <SendPanel source={source} />}
      </div>
      <Facts source={source} />
    </div>
  );
}
