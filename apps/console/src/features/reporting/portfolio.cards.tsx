import { Link } from '@tanstack/react-router';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { AccountRow } from '../../api/types';
import { OwnerName } from '../../app/owner-name';
import { day } from '../../format/dates';
import { shortMoney } from '../../format/money';
import { nameOf, words } from '../../format/words';
import { ScoreMark, TrendMark } from '../../ui/marks';
import { Alerts } from './portfolio.columns';
import styles from './portfolio.module.css';

function Card({ row }: { row: AccountRow }): ReactNode {
  return (
    <Link to="/accounts/$accountId" params={{ accountId: row.accountId }} className={styles.card}>
      <span className={styles.cardTop}>
        <ScoreMark score={row.score} band={row.band} />
        <span className={styles.clip}>{nameOf(row)}</span>
        <TrendMark trend={row.trend} />
      </span>
      <span className={styles.cardRow}>
        <b className="num">{shortMoney(row.arr, row.currency)}</b>
        <span className="num">Decision {day(row.decisionDate)}</span>
        {row.openAlerts > 0 ? (
          <span>
            <Alerts row={row} /> {row.openAlerts === 1 ? 'alert' : 'alerts'}
          </span>
        ) : null}
      </span>
      <span className={styles.cardRow}>
        <span>
          {words(row.segment)} · {words(row.stage)}
        </span>
        <span>
          <OwnerName owner={row.owner} none="No owner" />
        </span>
      </span>
    </Link>
  );
}

/** The portfolio on a phone: one card an account, scrolled with the page. */
export function PortfolioCards({ rows, onEnd }: { rows: AccountRow[]; onEnd: () => void }): ReactNode {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  useEffect(() => setTop(list.current?.offsetTop ?? 0), []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => 120,
    overscan: 6,
    scrollMargin: top,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 10) onEnd();
  }, [last, rows.length, onEnd]);
  return (
    <ul className={styles.cards} ref={list} style={{ height: virtual.getTotalSize() }}>
      {items.map((item) => {
        const row = rows[item.index];
        return row ? (
          <li
            key={row.accountId}
            className={styles.cardSlot}
            style={{ transform: `translateY(${item.start - top}px)` }}
          >
            <Card row={row} />
          </li>
        ) : null;
      })}
    </ul>
  );
}
