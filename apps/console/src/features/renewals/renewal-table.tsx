import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Renewal } from '../../api/types';
import { OwnerName } from '../../app/owner-name';
import { useCanWrite, useNow, useZone } from '../../app/session';
import { day, dayIn, daysAway, daysBetween } from '../../format/dates';
import { money } from '../../format/money';
import { categoryWords, words } from '../../format/words';
import { probabilityText } from './renewal-months';
import styles from './renewals.module.css';

function When({ renewal }: { renewal: Renewal }): ReactNode {
  const zone = useZone();
  const now = useNow();
  const days = daysBetween(dayIn(now, zone), renewal.decisionDate);
  return (
    <>
      {day(renewal.decisionDate)} <small>{daysAway(days)}</small>
      {renewal.overdue ? <span className={styles.overdue}>Overdue</span> : null}
    </>
  );
}

const atOnce = 90;

/** A person's short reason is read at once; the model's list of reasons is a click away. */
function Why({ text }: { text: string }): ReactNode {
  if (text.length <= atOnce) return <small>{text}</small>;
  return (
    <details className={styles.why}>
      <summary>Why</summary>
      <small>{text}</small>
    </details>
  );
}

function Row({ renewal, onCall }: { renewal: Renewal; onCall: (renewal: Renewal) => void }): ReactNode {
  const canWrite = useCanWrite();
  const name = renewal.accountName ?? renewal.accountId;
  return (
    <tr>
      <td>
        <Link
          to="/accounts/$accountId"
          params={{ accountId: renewal.accountId }}
          className="link"
          style={{ fontWeight: 560 }}
        >
          {name}
        </Link>
        <small>
          {words(renewal.segment)} · <OwnerName owner={renewal.owner} none="No owner" />
        </small>
      </td>
      <td className="num">
        <When renewal={renewal} />
      </td>
      <td>
        <span className={styles.mark}>
          <i className={styles.cat} data-cat={renewal.category} aria-hidden />
          {categoryWords[renewal.category]}
        </span>
        <small>{words(renewal.stage)}</small>
      </td>
      <td className="num" data-right>
        {money(renewal.amounts.due, renewal.currency)}
        <small>expected {money(renewal.amounts.expected, renewal.currency)}</small>
      </td>
      <td className="num">
        {probabilityText(renewal)}
        {renewal.why ? <Why text={renewal.why} /> : null}
      </td>
      <td data-right>
        {canWrite ? (
          <Button
            size="compact-sm"
            variant="default"
            fw={500}
            fz={13}
            aria-label={`Call ${name}`}
            onClick={() => onCall(renewal)}
          >
            Call
          </Button>
        ) : null}
      </td>
    </tr>
  );
}

export function RenewalTable(props: { renewals: readonly Renewal[]; onCall: (renewal: Renewal) => void }): ReactNode {
  return (
    <table className={`${styles.table} ${styles.stacked}`}>
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col">Decision</th>
          <th scope="col">Category and stage</th>
          <th scope="col" data-right>
            Due
          </th>
          <th scope="col">Probability</th>
          <th scope="col">
            <span className="sr-only">Action</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.renewals.map((renewal) => (
          <Row key={renewal.renewalId} renewal={renewal} onCall={props.onCall} />
        ))}
      </tbody>
    </table>
  );
}
