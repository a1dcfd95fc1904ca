import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Ticket } from '../../api/types';
import { useNow, useZone } from '../../app/session';
import { ago, day } from '../../format/dates';
import { words } from '../../format/words';
import { Panel } from '../../ui/panel';
import { Empty, Loaded } from '../../ui/states';
import { ticketsQuery } from './account.queries';
import { byUrgency, isOpen } from './people-order';
import styles from './account.module.css';

const SHOWN = 12;

function Row({ ticket }: { ticket: Ticket }): ReactNode {
  const now = useNow();
  const zone = useZone();
  const subject = ticket.subject ?? `Ticket ${ticket.ticketId}`;
  const urgent = isOpen(ticket) && (ticket.priority === 'urgent' || ticket.priority === 'high');
  return (
    <li>
      <div className={styles.line}>
        {ticket.url ? (
          <a href={ticket.url} target="_blank" rel="noreferrer" className="link">
            {subject}
          </a>
        ) : (
          <span>{subject}</span>
        )}
        <span className={styles.dim} style={{ whiteSpace: 'nowrap' }}>
          {isOpen(ticket) ? ago(ticket.openedAt, now, zone) : day(ticket.solvedAt ?? ticket.openedAt, zone)}
        </span>
      </div>
      <div className={styles.tags}>
        {ticket.escalated ? (
          <span className={styles.tag} data-tone="bad">
            Escalated
          </span>
        ) : null}
        <span className={styles.tag}>{words(ticket.status)}</span>
        <span className={styles.tag} data-tone={urgent ? 'bad' : undefined}>
          {words(ticket.priority)}
        </span>
        {ticket.csat === null ? null : <span className={styles.tag}>CSAT {ticket.csat} of 5</span>}
      </div>
    </li>
  );
}

export function TicketsPanel({ accountId }: { accountId: string }): ReactNode {
  const tickets = useQuery(ticketsQuery(accountId));
  const open = tickets.data?.items.filter(isOpen).length;
  return (
    <Panel title="Tickets" hint={open === undefined ? undefined : `${open} open`}>
      <Loaded query={tickets}>
        {(data) =>
          data.items.length > 0 ? (
            <ul className={styles.list}>
              {byUrgency(data.items)
                .slice(0, SHOWN)
                .map((ticket) => (
                  <Row key={ticket.ticketId} ticket={ticket} />
                ))}
            </ul>
          ) : (
            <Empty title="No tickets">Nothing has come in, or the help desk is not connected.</Empty>
          )
        }
      </Loaded>
    </Panel>
  );
}
