import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { percent } from '../../format/money';
import { words } from '../../format/words';
import { Icon } from '../../ui/icons';
import { signed } from './ledger';
import { accountChurnQuery } from './prediction.queries';
import styles from './score-panel.module.css';

/** The probability that the account is not renewed, and what it is made of. Nothing is shown where the data show no skill. */
export function ChurnLine({ accountId }: { accountId: string }): ReactNode {
  const { data } = useQuery(accountChurnQuery(accountId));
  if (!data) return null;
  if (data.abstained !== null) return <p className={styles.sum}>{data.abstained}</p>;
  return (
    <details className={styles.item}>
      <summary>
        <b>Churn</b>
        <span />
        <span className={`${styles.points} num`}>{percent(data.probability)}</span>
        <Icon name="chevron" size={13} />
        <span className={styles.reason}>
          {data.basis === 'prior'
            ? 'Experts’ prior, not learned from your outcomes yet.'
            : `Learned: ${data.modelVersion}.`}
        </span>
      </summary>
      <ul className={styles.more}>
        {data.parts.map((part) => (
          <li key={part.name} className={styles.reason}>
            <b className="num">{signed(part.logOdds)}</b> {words(part.name)}: {part.reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
