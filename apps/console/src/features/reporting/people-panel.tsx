import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Stakeholder } from '../../api/types';
import { useNow, useZone } from '../../app/session';
import { ago } from '../../format/dates';
import { words } from '../../format/words';
import { Panel } from '../../ui/panel';
import { Empty, Loaded } from '../../ui/states';
import { stakeholdersQuery } from './account.queries';
import { byWeight, mood } from './people-order';
import styles from './account.module.css';

function Row({ person }: { person: Stakeholder }): ReactNode {
  const now = useNow();
  const zone = useZone();
  const left = person.status === 'left';
  return (
    <li>
      <div className={styles.line}>
        <span style={left ? { textDecoration: 'line-through' } : undefined}>{person.name}</span>
        <span className={styles.dim}>
          {person.lastContactAt ? `contact ${ago(person.lastContactAt, now, zone)}` : 'no contact yet'}
        </span>
      </div>
      <div className={styles.dim}>
        {[person.title, mood(person.sentiment)].filter(Boolean).join(' · ')}
        {person.email ? (
          <>
            {person.title || person.sentiment !== null ? ' · ' : ''}
            <a href={`mailto:${person.email}`} className="text-link">
              {person.email}
            </a>
          </>
        ) : null}
      </div>
      <div className={styles.tags}>
        {left ? (
          <span className={styles.tag} data-tone="bad">
            Left
          </span>
        ) : null}
        {person.roles.map((role) => (
          <span key={role} className={styles.tag}>
            {words(role)}
          </span>
        ))}
      </div>
    </li>
  );
}

export function PeoplePanel({ accountId }: { accountId: string }): ReactNode {
  const people = useQuery(stakeholdersQuery(accountId));
  return (
    <Panel title="Stakeholders">
      <Loaded query={people}>
        {(data) =>
          data.items.length > 0 ? (
            <ul className={styles.list}>
              {byWeight(data.items).map((person) => (
                <Row key={person.stakeholderId} person={person} />
              ))}
            </ul>
          ) : (
            <Empty title="Nobody is known here yet">They come from the CRM, or as stakeholder events.</Empty>
          )
        }
      </Loaded>
    </Panel>
  );
}
