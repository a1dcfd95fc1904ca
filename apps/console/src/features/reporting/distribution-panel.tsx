import { SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { EChartsCoreOption } from 'echarts/core';
import { type ReactNode, useMemo, useState } from 'react';
import type { HealthDistribution } from '../../api/types';
import { day } from '../../format/dates';
import { count, percent, shortMoney } from '../../format/money';
import { bandOrder, bandWords } from '../../format/words';
import { Chart } from '../../ui/chart';
import type { ChartColours } from '../../ui/chart-theme';
import { BandMark, bandColours } from '../../ui/marks';
import { Panel } from '../../ui/panel';
import { Empty, Loaded } from '../../ui/states';
import { bandShares, flowLinks, flowSentence, withoutCurrencies } from './report-figures';
import { distributionQuery } from './reports.queries';
import styles from './reports.module.css';

type By = 'accounts' | 'arr';

function Shares({ data, by }: { data: HealthDistribution; by: By }): ReactNode {
  const shares = bandShares(data, by);
  const show = (value: number): string => (by === 'arr' ? shortMoney(value, data.currency) : count(value));
  const total = shares.reduce((sum, entry) => sum + entry.value, 0);
  return (
    <div className="num">
      <div className={styles.label}>
        <span>{by === 'arr' ? 'By ARR' : 'By accounts'}</span>
        <span>{show(total)}</span>
      </div>
      <div className={styles.bar} aria-hidden>
        {shares.map(({ band, share }) => (
          <i key={band} style={{ ...bandColours(band), width: `${share * 100}%` }} />
        ))}
      </div>
      <ul className={styles.parts}>
        {shares.map(({ band, value, share }) => (
          <li key={band}>
            <Link to="/accounts" search={{ band }} className="link">
              <BandMark band={band} />
            </Link>
            <span>{show(value)}</span>
            <small>{percent(share)}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}

function flowOption(data: HealthDistribution, by: By, colours: ChartColours): EChartsCoreOption {
  const links = flowLinks(data, by);
  const names = new Set(links.flatMap((link) => [link.source, link.target]));
  const nodes = ['then', 'now'].flatMap((when) =>
    bandOrder.flatMap((band) => {
      const name = `${bandWords[band]} ${when}`;
      return names.has(name) ? [{ name, itemStyle: { color: colours[band] } }] : [];
    }),
  );
  return {
    tooltip: {
      trigger: 'item',
      valueFormatter: (value: unknown) =>
        by === 'arr' ? shortMoney(Number(value), data.currency) : count(Number(value)),
    },
    series: [
      {
        type: 'sankey',
        left: 0,
        right: 110,
        top: 6,
        bottom: 6,
        nodeWidth: 12,
        nodeGap: 12,
        layoutIterations: 0,
        draggable: false,
        data: nodes,
        links,
        label: { color: colours.text, fontSize: 12.5, formatter: ({ name }: { name: string }) => name },
        lineStyle: { color: 'source', opacity: 0.24, curveness: 0.5 },
      },
    ],
  };
}

function Flow({ data, by }: { data: HealthDistribution; by: By }): ReactNode {
  const option = useMemo(() => (colours: ChartColours) => flowOption(data, by, colours), [data, by]);
  if (data.flow.length === 0) {
    return <Empty title="No earlier scores">The flow shows once there are scores at both dates.</Empty>;
  }
  return <Chart option={option} label={flowSentence(data)} height={250} />;
}

/** How healthy the customer base is, by accounts and by money, and who moved since an earlier date. */
export function DistributionPanel(props: {
  compare: string;
  ranges: { label: string; value: string }[];
  onCompare: (day: string) => void;
}): ReactNode {
  const [by, setBy] = useState<By>('accounts');
  const query = useQuery({ ...distributionQuery(props.compare), placeholderData: keepPreviousData });
  const hint = query.data
    ? `as of ${day(query.data.asOf)}${withoutCurrencies(query.data.excludedCurrencies)}`
    : undefined;
  return (
    <Panel title="Health distribution" hint={hint}>
      <Loaded query={query} rows={8}>
        {(data) => (
          <>
            <div className={styles.two}>
              <Shares data={data} by="accounts" />
              <Shares data={data} by="arr" />
            </div>
            <h3 className={styles.sub}>Since {day(data.compareTo ?? props.compare)}</h3>
            <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, margin: '8px 0 12px' }}>
              <SegmentedControl
                size="xs"
                aria-label="Compare with"
                data={props.ranges}
                value={props.compare}
                onChange={props.onCompare}
              />
              <SegmentedControl
                size="xs"
                aria-label="Measure"
                data={[
                  { value: 'accounts', label: 'Accounts' },
                  { value: 'arr', label: 'ARR' },
                ]}
                value={by}
                onChange={(value) => setBy(value as By)}
              />
            </div>
            <Flow data={data} by={by} />
          </>
        )}
      </Loaded>
    </Panel>
  );
}
