import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { day } from '../../format/dates';
import { money, signedMoney } from '../../format/money';
import { words } from '../../format/words';
import { Panel } from '../../ui/panel';
import { Loaded } from '../../ui/states';
import { arrQuery } from './renewals.queries';
import styles from './renewals.module.css';

/** The ARR ledger of an account: every movement its figure is made of, newest first. */
export function ArrPanel({ accountId }: { accountId: string }): ReactNode {
  const arr = useQuery(arrQuery(accountId));
  return (
    <Panel title="ARR ledger" hint={arr.data ? money(arr.data.arr, arr.data.currency) : undefined}>
      <Loaded query={arr} rows={3}>
        {(data) =>
          data.movements.length > 0 ? (
            <ul className={styles.moves}>
              {data.movements
                .toSorted((one, other) => other.date.localeCompare(one.date))
                .map((move) => (
                  <li key={move.movementId} className="num">
                    <span>{words(move.kind)}</span>
                    <b>{signedMoney(move.amount, move.currency)}</b>
                    <small>
                      {day(move.date)}
                      {move.product ? ` · ${move.product}` : ''}
                      {move.reason ? ` · ${move.reason}` : ''}
                    </small>
                    <small>{move.arrAfter === null ? '' : `then ${money(move.arrAfter, move.currency)}`}</small>
                  </li>
                ))}
            </ul>
          ) : (
            <p className={styles.dim}>
              {data.source === 'profile'
                ? 'No contract yet: the ARR is what the profile says.'
                : 'No contract has been recorded.'}
            </p>
          )
        }
      </Loaded>
    </Panel>
  );
}
