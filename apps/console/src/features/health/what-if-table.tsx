import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { shortMoney } from '../../format/money';
import { nameOf } from '../../format/words';
import { BandMark } from '../../ui/marks';
import { number } from './contributions';
import styles from './model.module.css';
import type { WhatIfRow } from './what-if';

const signed = (points: number): string =>
  points === 0 ? '0' : `${points > 0 ? '+' : '−'}${number(Math.abs(points))}`;

/** The largest accounts as they are and as they would be; a change of band is told by the second mark. */
export function WhatIfTable({ rows }: { rows: readonly WhatIfRow[] }): ReactNode {
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label="Accounts under the edited model">
      <table className={styles.table}>
        <thead>
          <tr>
            <th>Account</th>
            <th data-number>ARR</th>
            <th data-number>Now</th>
            <th data-number>Then</th>
            <th data-number>Change</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ account, before, after, change }) => (
            <tr key={account.accountId}>
              <td>
                <Link to="/accounts/$accountId" params={{ accountId: account.accountId }} className="link">
                  {nameOf(account)}
                </Link>{' '}
                <BandMark band={before.band} />
                {after.band === before.band ? null : (
                  <>
                    {' → '}
                    <BandMark band={after.band} />
                  </>
                )}
              </td>
              <td data-number className="num">
                {account.arr === null || account.currency === null ? '–' : shortMoney(account.arr, account.currency)}
              </td>
              <td data-number className="num">
                {before.score === null ? '–' : number(before.score)}
              </td>
              <td data-number className="num">
                {after.score === null ? '–' : number(after.score)}
              </td>
              <td data-number className={`num ${change > 0 ? styles.up : change < 0 ? styles.down : ''}`}>
                {signed(change)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
