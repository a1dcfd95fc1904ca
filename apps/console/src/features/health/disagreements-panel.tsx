import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { shortMoney } from '../../format/money';
import { nameOf } from '../../format/words';
import { BandMark } from '../../ui/marks';
import { Panel } from '../../ui/panel';
import { Empty, Loaded } from '../../ui/states';
import { disagreementsQuery } from './health.queries';
import styles from './model.module.css';

/** Where a CSM and the score see another colour: for the leader to look into. */
export function DisagreementsPanel(): ReactNode {
  const query = useQuery(disagreementsQuery);
  return (
    <Panel title="Where people and the score disagree">
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No disagreement">
              A CSM gives a pulse on the account’s page; where it says another colour than the score, it shows here.
            </Empty>
          ) : (
            <div className={styles.scroll} tabIndex={0} role="group" aria-label="Disagreements">
              <table className={styles.table}>
                <thead>
                  <tr>
                    <th>Account</th>
                    <th data-number>ARR</th>
                    <th>Score</th>
                    <th>Pulse</th>
                    <th>Why</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((item) => (
                    <tr key={item.accountId}>
                      <td>
                        <Link to="/accounts/$accountId" params={{ accountId: item.accountId }} className="link">
                          {nameOf(item)}
                        </Link>
                      </td>
                      <td data-number className="num">
                        {item.arr === null || item.currency === null ? '–' : shortMoney(item.arr, item.currency)}
                      </td>
                      <td>
                        <BandMark band={item.band} /> <span className="num">{item.score ?? '–'}</span>
                      </td>
                      <td>
                        <BandMark band={item.pulse.band} />
                      </td>
                      <td>
                        {item.pulse.reason} <span className={styles.note}>{item.pulse.by.name}</span>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
    </Panel>
  );
}
