import { Injectable } from '@nestjs/common';
import type { ChangedEntity, Tx } from '@tenure/platform';

/** Gives users who are known by name, but were not seen in usage yet, their bit of the account's bitmaps. */
@Injectable()
export class UsersRepository {
  /** The accounts are locked, so the next free ordinal cannot be given twice. */
  async enrol(tx: Tx, changed: readonly ChangedEntity[]): Promise<void> {
    const users = changed.filter((each) => each.entity === 'user' && each.before === null);
    if (users.length === 0) return;
    await tx.query(
      `insert into account_users (tenant_id, account_id, user_id, ordinal, kind)
       select n.tenant_id, n.account_id, n.user_id,
         (select count(*) from account_users u where u.tenant_id = n.tenant_id and u.account_id = n.account_id)::int
           + (row_number() over (partition by n.tenant_id, n.account_id order by n.user_id))::int - 1, n.kind
       from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as n(tenant_id, account_id, user_id, kind)
       where not exists (select 1 from account_users u where u.tenant_id = n.tenant_id and u.account_id = n.account_id and u.user_id = n.user_id)`,
      [
        users.map((each) => each.tenantId),
        users.map((each) => each.accountId),
        users.map((each) => each.entityId),
        // What they are is said by their own events; only usage tells it of those who have none.
        users.map(() => 'human'),
      ],
    );
  }
}
