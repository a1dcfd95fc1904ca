import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { day } from '../../format/dates';
import { signedMoney } from '../../format/money';
import { words } from '../../format/words';
import { Empty, Failed, Lines } from '../../ui/states';
import { type Period, movementsQuery } from './reports.queries';
import styles from './reports.module.css';
import table from '../renewals/renewals.module.css';

/** The ledger lines behind a figure, as they stand in the ledger. */
export function MovementsTable({ period, figure }: { period: Period; figure: string }): ReactNode {
  const query = useInfiniteQuery(movementsQuery(period, figure));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label="Movements">
      <h3 className={styles.sub}>Movements behind {figure.length === 3 ? figure.toUpperCase() : figure}</h3>
      {query.isPending ? <Lines rows={5} /> : null}
      {query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {query.data && items.length === 0 ? <Empty title="No movement in this period" /> : null}
      {items.length > 0 ? (
        <table className={`${table.table} ${table.stacked} num`}>
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col">Date</th>
              <th scope="col">Movement</th>
              <th scope="col" data-right>
                Amount
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((move) => (
              <tr key={move.movementId}>
                <td>
                  {move.accountId ? (
                    <Link to="/accounts/$accountId" params={{ accountId: move.accountId }} className="link">
                      {move.accountName ?? move.accountId}
                    </Link>
                  ) : (
                    '–'
                  )}
                </td>
                <td>{day(move.date)}</td>
                <td>
                  {words(move.kind)}
                  {move.reason ? <small>{move.reason}</small> : null}
                </td>
                <td data-right>{signedMoney(move.amount, move.currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {query.hasNextPage ? (
        <Button variant="default" size="compact-sm" mt={8} onClick={() => void query.fetchNextPage()}>
          Show more
        </Button>
      ) : null}
    </section>
  );
}
