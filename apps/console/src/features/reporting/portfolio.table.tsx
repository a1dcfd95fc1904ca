import { UnstyledButton } from '@mantine/core';
import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import type { AccountRow } from '../../api/types';
import { Icon } from '../../ui/icons';
import { columns, features, sorts } from './portfolio.columns';
import { nextSort } from './portfolio.queries';
import styles from './portfolio.module.css';

interface Props {
  rows: AccountRow[];
  total: number;
  sort: string;
  onSort: (sort: string) => void;
  onEnd: () => void;
}

function sortState(sort: string, by: string): 'ascending' | 'descending' | 'none' {
  if (sort === by) return 'ascending';
  return sort === `-${by}` ? 'descending' : 'none';
}

function HeadCell(props: { id: string; label: ReactNode; sort: string; onSort: (sort: string) => void }): ReactNode {
  const sorting = sorts[props.id];
  if (!sorting) {
    return (
      <div role="columnheader" className={styles.th}>
        {props.label}
      </div>
    );
  }
  const state = sortState(props.sort, sorting.by);
  const turn = (): void => props.onSort(nextSort(props.sort, sorting.by, sorting.descendingFirst));
  return (
    <div role="columnheader" aria-sort={state} className={sorting.right ? styles.right : ''}>
      <UnstyledButton className={styles.th} data-sorted={state !== 'none'} onClick={turn}>
        {props.label}
        <Icon
          name="chevron"
          size={11}
          style={{
            transform: state === 'descending' ? 'rotate(90deg)' : 'rotate(-90deg)',
            opacity: state === 'none' ? 0 : 1,
          }}
        />
      </UnstyledButton>
    </div>
  );
}

/** The portfolio as a table; only the rows in sight are in the page. */
export function PortfolioTable({ rows, total, sort, onSort, onEnd }: Props): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const table = useTable({ features, columns, data: rows, getRowId: (row) => row.accountId });
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 46,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 20) onEnd();
  }, [last, rows.length, onEnd]);
  const modelRows = table.getRowModel().rows;
  return (
    <div className={styles.scroll} ref={scroller}>
      <div role="table" aria-label="Accounts" aria-rowcount={total + 1} className={styles.table}>
        <div role="rowgroup" className={styles.head}>
          {table.getHeaderGroups().map((group) => (
            <div role="row" aria-rowindex={1} className={styles.tr} key={group.id}>
              {group.headers.map((header) => (
                <HeadCell
                  key={header.id}
                  id={header.column.id}
                  label={<table.FlexRender header={header} />}
                  sort={sort}
                  onSort={onSort}
                />
              ))}
            </div>
          ))}
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map((item) => {
            const row = modelRows[item.index];
            return row ? (
              <div
                role="row"
                aria-rowindex={item.index + 2}
                key={row.id}
                className={`${styles.tr} ${styles.row}`}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {row.getAllCells().map((cell) => (
                  <div role="cell" key={cell.id} className={sorts[cell.column.id]?.right ? styles.right : styles.clip}>
                    <table.FlexRender cell={cell} />
                  </div>
                ))}
              </div>
            ) : null;
          })}
        </div>
      </div>
    </div>
  );
}
