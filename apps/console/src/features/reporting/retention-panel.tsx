import { SegmentedControl, Tooltip, UnstyledButton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { EChartsCoreOption } from 'echarts/core';
import { type ReactNode, useMemo } from 'react';
import type { Retention } from '../../api/types';
import { useNameOf } from '../../app/owner-name';
import { day, month } from '../../format/dates';
import { percent, plural, shortMoney } from '../../format/money';
import { words } from '../../format/words';
import { Chart, axis } from '../../ui/chart';
import type { ChartColours } from '../../ui/chart-theme';
import { Panel } from '../../ui/panel';
import { Empty, Loaded } from '../../ui/states';
import { MovementsTable } from './movements-table';
import { retentionFigures, withoutCurrencies } from './report-figures';
import { type Period, retentionQuery } from './reports.queries';
import styles from './reports.module.css';
import table from '../renewals/renewals.module.css';

interface Props {
  period: Period;
  by: 'segment' | 'owner';
  figure: string | undefined;
  onBy: (by: 'segment' | 'owner') => void;
  onFigure: (figure: string | undefined) => void;
}

function Cards({ data, figure, onFigure }: Pick<Props, 'figure' | 'onFigure'> & { data: Retention }): ReactNode {
  return (
    <div className={styles.cards}>
      {retentionFigures(data).map((card) => (
        <Tooltip
          key={card.id}
          label={card.definition}
          multiline
          w={290}
          events={{ hover: true, focus: true, touch: false }}
        >
          <UnstyledButton
            className={`${styles.card} num`}
            aria-pressed={figure === card.id}
            aria-description={card.definition}
            onClick={() => onFigure(figure === card.id ? undefined : card.id)}
          >
            <span>{card.label}</span>
            <b>{card.value}</b>
            <span>{card.note}</span>
          </UnstyledButton>
        </Tooltip>
      ))}
    </div>
  );
}

function monthsOption(data: Retention, colours: ChartColours): EChartsCoreOption {
  const line = { type: 'line', symbolSize: 6, lineStyle: { width: 2 } };
  const ratio = (value: number | null): number | null => (value === null ? null : Math.round(value * 1000) / 10);
  return {
    grid: { left: 4, right: 12, top: 34, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, textStyle: { color: colours.text, fontSize: 12.5 } },
    tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => (typeof value === 'number' ? `${value} %` : '–') },
    xAxis: { ...axis(colours), type: 'category', data: data.months.map((entry) => month(entry.month)) },
    yAxis: {
      ...axis(colours),
      type: 'value',
      scale: true,
      axisLabel: { color: colours.muted, formatter: '{value} %' },
    },
    series: [
      { ...line, name: 'NRR', data: data.months.map((entry) => ratio(entry.nrr)) },
      { ...line, name: 'GRR', symbol: 'rect', data: data.months.map((entry) => ratio(entry.grr)) },
    ],
  };
}

function Months({ data }: { data: Retention }): ReactNode {
  const option = useMemo(() => (colours: ChartColours) => monthsOption(data, colours), [data]);
  const last = data.months.at(-1);
  if (!last) return null;
  const label = `Net and gross revenue retention over ${data.months.length} months; in ${month(last.month)} ${percent(last.nrr, 1)} net, ${percent(last.grr, 1)} gross.`;
  return <Chart option={option} label={label} height={210} />;
}

/** A segment by its word, an owner by name or address; null is the accounts that have none. */
function groupName(key: string | null, by: Props['by'], nameOf: (email: string) => string): string {
  if (key === null) return by === 'segment' ? 'No segment' : 'No owner';
  return by === 'segment' ? words(key) : nameOf(key);
}

function Groups({ data, by, onBy }: Pick<Props, 'by' | 'onBy'> & { data: Retention }): ReactNode {
  const nameOf = useNameOf();
  return (
    <>
      <SegmentedControl
        size="xs"
        mb={6}
        aria-label="Group by"
        value={by}
        data={[
          { value: 'segment', label: 'By segment' },
          { value: 'owner', label: 'By owner' },
        ]}
        onChange={(value) => onBy(value as Props['by'])}
      />
      <div className={table.wrap} tabIndex={0} role="group" aria-label="Retention by group">
        <table className={`${table.table} num`}>
          <thead>
            <tr>
              <th scope="col">{words(by)}</th>
              <th scope="col" data-right>
                NRR
              </th>
              <th scope="col" data-right>
                GRR
              </th>
              <th scope="col" data-right>
                Start
              </th>
              <th scope="col" data-right>
                Churn
              </th>
            </tr>
          </thead>
          <tbody>
            {data.groups.map((group) => (
              <tr key={group.key ?? ''}>
                <td>{groupName(group.key, by, nameOf)}</td>
                <td data-right>{percent(group.nrr, 1)}</td>
                <td data-right>{percent(group.grr, 1)}</td>
                <td data-right>{shortMoney(group.startingArr, data.currency)}</td>
                <td data-right>{shortMoney(group.churn, data.currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Figures({ data, ...props }: Props & { data: Retention }): ReactNode {
  if (data.startingArr === 0 && data.logoChurn.start === 0) {
    return <Empty title="No customers at the start of the period">Choose a later start, or import contracts.</Empty>;
  }
  return (
    <>
      <Cards data={data} figure={props.figure} onFigure={props.onFigure} />
      {props.figure ? <MovementsTable period={props.period} figure={props.figure} /> : null}
      <div className={styles.two} style={{ marginTop: 22 }}>
        <div>
          <Months data={data} />
        </div>
        <div>
          <Groups data={data} by={props.by} onBy={props.onBy} />
        </div>
      </div>
    </>
  );
}

/** NRR and GRR from the ledger; every card opens into the movements that make it. */
export function RetentionPanel(props: Props): ReactNode {
  const query = useQuery({ ...retentionQuery(props.period, props.by), placeholderData: keepPreviousData });
  const hint = query.data
    ? `${day(query.data.from)} to ${day(query.data.to)} · ${plural(query.data.n ?? query.data.logoChurn.start, 'account')}${withoutCurrencies(query.data.excludedCurrencies)}`
    : undefined;
  return (
    <Panel title="Revenue retention" hint={hint}>
      <Loaded query={query} rows={8}>
        {(data) => <Figures data={data} {...props} />}
      </Loaded>
    </Panel>
  );
}
