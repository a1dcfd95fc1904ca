import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AccountProfile } from '../../api/types';
import { money } from '../../format/money';
import { nameOf, words } from '../../format/words';
import { ScoreMark } from '../../ui/marks';
import { Panel } from '../../ui/panel';
import { Sourced } from './sourced';
import styles from './account.module.css';

function text(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** Every known field in reading order, with the name under which its source is kept. */
function facts(account: AccountProfile): { field: string; label: string; value: string }[] {
  const list: [string, string, string | null][] = [
    ['industry', 'Industry', account.industry],
    ['country', 'Country', account.country],
    ['timeZone', 'Time zone', account.timeZone],
    ['domains', 'Domains', account.domains.join(', ')],
    ['tags', 'Tags', account.tags.join(', ')],
    ...account.team.map((member): [string, string, string] => ['team', words(member.role), member.email ?? '']),
    ...Object.entries(account.externalIds).map(([system, id]): [string, string, string] => [
      'externalIds',
      words(system),
      id,
    ]),
    ...Object.entries(account.attributes).map(([name, value]): [string, string, string] => [
      'attributes',
      words(name),
      text(value),
    ]),
  ];
  return list.flatMap(([field, label, value]) => (value ? [{ field, label, value }] : []));
}

export function ProfilePanel({ account }: { account: AccountProfile }): ReactNode {
  return (
    <Panel title="Profile">
      <dl className={styles.facts}>
        {facts(account).map(({ field, label, value }) => (
          <div key={`${field}-${label}`} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>
              <Sourced from={account.fields[field]}>{value}</Sourced>
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

/** The accounts below this one; the score of the parent rests on them. */
export function ChildrenPanel({ account }: { account: AccountProfile }): ReactNode {
  if (account.children.length === 0) return null;
  return (
    <Panel title="Belongs to this account">
      <ul className={styles.list}>
        {account.children.map((child) => (
          <li key={child.accountId} className={styles.line}>
            <Link to="/accounts/$accountId" params={{ accountId: child.accountId }} className="link">
              {nameOf(child)}
            </Link>
            <span style={{ display: 'inline-flex', gap: 18 }} className="num">
              <span className={styles.dim}>{money(child.arr, account.currency)}</span>
              <ScoreMark score={child.score} band={child.band} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
