import type { StakeholderRow, TicketRow } from '@tenure/contracts';
import { currentState, type Tx } from '@tenure/platform';
import { contactsOf, stakeholderRow, ticketRow } from './people-rows.domain';

/** What belongs to one account, read from the folds. */
export class AccountThingsReadModel {
  /** Who is there first, then by influence and name. */
  async stakeholders(tx: Tx, tenantId: string, accountId: string, now: Date): Promise<StakeholderRow[]> {
    const states = await currentState(tx, [{ tenantId, accountId }], ['stakeholder', 'touchpoint', 'user']);
    const of = (entity: string) => states.filter((state) => state.entity === entity);
    const contacts = contactsOf(of('touchpoint'), now);
    const users = new Map(of('user').map((user) => [user.entityId, user.data]));
    return of('stakeholder')
      .map((each) => stakeholderRow(each, users, contacts))
      .sort(
        (a, b) =>
          a.status.localeCompare(b.status) || (b.influence ?? 0) - (a.influence ?? 0) || a.name.localeCompare(b.name),
      );
  }

  /** The latest opened first. */
  async tickets(
    tx: Tx,
    tenantId: string,
    accountId: string,
    statuses: readonly string[] | undefined,
  ): Promise<TicketRow[]> {
    const states = await currentState(tx, [{ tenantId, accountId }], ['ticket']);
    const escalated = await this.everEscalated(tx, tenantId, accountId);
    return states
      .map((each) => ticketRow(each, escalated.has(each.entityId)))
      .filter((row) => statuses === undefined || statuses.includes(row.status))
      .sort(
        (a, b) => Date.parse(b.openedAt ?? '') - Date.parse(a.openedAt ?? '') || a.ticketId.localeCompare(b.ticketId),
      );
  }

  private async everEscalated(tx: Tx, tenantId: string, accountId: string): Promise<Set<string>> {
    const rows = await tx.query<{ entity_id: string }>(
      `select distinct entity_id from state_events
       where tenant_id = $1 and account_id = $2 and entity = 'ticket' and data ->> 'change' = 'escalated'`,
      [tenantId, accountId],
    );
    return new Set(rows.map((row) => row.entity_id));
  }
}
