import { SegmentedControl, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type CSSProperties, type ReactNode, useState } from 'react';
import type { RenewalMonth } from '../../api/types';
import { month as monthName } from '../../format/dates';
import { money, plural, shortMoney } from '../../format/money';
import { categoryOrder, categoryWords } from '../../format/words';
import { Panel } from '../../ui/panel';
import { Empty, Loaded } from '../../ui/states';
import { type MonthBar, currencies, monthBars } from './renewal-months';
import { calendarQuery } from './renewals.queries';
import styles from './renewals.module.css';

interface Choice {
  chosen: string | undefined;
  onChoose: (month: string | undefined) => void;
}

function Legend(): ReactNode {
  return (
    <ul className={styles.legend}>
      {categoryOrder.map((category) => (
        <li key={category}>
          <i className={styles.cat} data-cat={category} /> {categoryWords[category]}
        </li>
      ))}
      <li>
        <i data-line /> Expected
      </li>
    </ul>
  );
}

function sentence(bar: MonthBar): string {
  const parts = bar.parts.map((part) => `${categoryWords[part.category]} ${money(part.arr, bar.currency)}`).join(', ');
  const lead = `${monthName(bar.month)}: ${plural(bar.count, 'renewal')}, ${money(bar.due, bar.currency)} due`;
  return `${lead}, ${money(bar.expected, bar.currency)} expected${parts ? ` (${parts})` : ''}`;
}

function Month({ bar, top, chosen, onChoose }: { bar: MonthBar; top: number } & Choice): ReactNode {
  const share = (value: number): string => `${top > 0 ? (value / top) * 100 : 0}%`;
  const on = chosen === bar.month;
  const [name, year] = monthName(bar.month).split(' ');
  return (
    <UnstyledButton
      className={`${styles.month} num`}
      aria-pressed={on}
      title={sentence(bar)}
      onClick={() => onChoose(on ? undefined : bar.month)}
    >
      <span className="sr-only">{sentence(bar)}</span>
      <b aria-hidden>{bar.due > 0 ? shortMoney(bar.due, bar.currency) : '–'}</b>
      <span aria-hidden className={styles.track} style={{ display: 'block' }}>
        <span className={styles.column} style={{ height: share(bar.due), '--share': share(bar.due) } as CSSProperties}>
          {bar.parts.map((part) => {
            const size = `${(part.arr / bar.due) * 100}%`;
            return (
              <i
                key={part.category}
                className={styles.cat}
                data-cat={part.category}
                style={{ height: size, '--part': size } as CSSProperties}
              />
            );
          })}
        </span>
        {bar.due > 0 ? (
          <span
            className={styles.expected}
            style={{ bottom: share(bar.expected), '--share': share(bar.expected) } as CSSProperties}
          />
        ) : null}
      </span>
      <span aria-hidden>
        {name} {year?.slice(2)}
      </span>
      <small aria-hidden>{bar.count > 0 ? bar.count : ''}</small>
    </UnstyledButton>
  );
}

function Calendar({ months, ...choice }: { months: RenewalMonth[] } & Choice): ReactNode {
  const known = currencies(months);
  const [wanted, setWanted] = useState<string>();
  const currency = wanted && known.includes(wanted) ? wanted : known[0];
  if (!currency)
    return <Empty title="No renewals in this time">They appear once contracts with an end are known.</Empty>;
  const bars = monthBars(months, currency);
  const top = Math.max(...bars.map((bar) => Math.max(bar.due, bar.expected)));
  return (
    <>
      {known.length > 1 ? (
        <SegmentedControl size="xs" mb={8} aria-label="Currency" data={known} value={currency} onChange={setWanted} />
      ) : null}
      <Legend />
      <div className={styles.calendar}>
        {bars.map((bar) => (
          <Month key={bar.month} bar={bar} top={top} {...choice} />
        ))}
      </div>
    </>
  );
}

/** What is due by month of the decision date, in its categories, against what is expected. A month filters the list. */
export function CalendarPanel(props: { from: string; to: string; owner: string | undefined } & Choice): ReactNode {
  const { from, to, owner, ...choice } = props;
  const calendar = useQuery(calendarQuery(from, to, owner));
  return (
    <Panel title="Due by month of decision" hint="Choose a month to see only its renewals">
      <Loaded query={calendar} rows={6}>
        {(data) => <Calendar months={data.months} {...choice} />}
      </Loaded>
    </Panel>
  );
}
