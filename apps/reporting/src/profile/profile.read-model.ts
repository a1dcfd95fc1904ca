import type { AccountProfile, AccountRow } from '@tenure/contracts';
import { currentState, Problem, type Tx } from '@tenure/platform';
import { accountRow, portfolioColumns, type PortfolioRecord } from '../accounts/accounts.read-model';

type Related = Pick<AccountRow, 'accountId' | 'name' | 'score' | 'band' | 'arr'>;

/** One account with everything that its profile says, and its family. */
export class ProfileReadModel {
  /** @throws Problem `not-found` */
  async one(tx: Tx, tenantId: string, accountId: string): Promise<AccountProfile> {
    const { row, mergedInto } = await this.row(tx, tenantId, accountId);
    const [state] = await currentState(tx, [{ tenantId, accountId }], ['account']);
    const children = await this.rows(tx, 'parent_id = $2 and merged_into is null', tenantId, accountId);
    const [parent] = row.parentId === null ? [] : await this.rows(tx, 'account_id = $2', tenantId, row.parentId);
    return {
      ...row,
      ...details(state?.data ?? {}),
      fields: { ...state?.fields },
      children: children.map(({ accountId: id, name, score, band, arr }): Related => ({
        accountId: id,
        name,
        score,
        band,
        arr,
      })),
      parent: row.parentId === null ? null : { accountId: row.parentId, name: parent?.name ?? null },
      mergedInto,
    };
  }

  /** Says nothing when there is such an account. @throws Problem `not-found` */
  async mustExist(tx: Tx, tenantId: string, accountId: string): Promise<{ mergedInto: string | null }> {
    return this.row(tx, tenantId, accountId);
  }

  private async row(
    tx: Tx,
    tenantId: string,
    accountId: string,
  ): Promise<{ row: AccountRow; mergedInto: string | null }> {
    const [found] = await tx.query<PortfolioRecord & { merged_into: string | null }>(
      `select ${portfolioColumns}, merged_into from portfolio where tenant_id = $1 and account_id = $2`,
      [tenantId, accountId],
    );
    if (!found) throw new Problem('not-found', 'There is no such account.');
    return { row: accountRow(found), mergedInto: found.merged_into };
  }

  private async rows(tx: Tx, where: string, tenantId: string, id: string): Promise<AccountRow[]> {
    const rows = await tx.query<PortfolioRecord>(
      `select ${portfolioColumns} from portfolio where tenant_id = $1 and ${where} order by sort_name, account_id limit 500`,
      [tenantId, id],
    );
    return rows.map(accountRow);
  }
}

type Details = Pick<
  AccountProfile,
  'domains' | 'externalIds' | 'tags' | 'attributes' | 'team' | 'timeZone' | 'country' | 'industry' | 'plan'
>;

function details(data: Readonly<Record<string, unknown>>): Details {
  const text = (name: string): string | null => (typeof data[name] === 'string' ? (data[name] as string) : null);
  return {
    domains: (data['domains'] as string[] | undefined) ?? [],
    externalIds: (data['externalIds'] as Record<string, string> | undefined) ?? {},
    tags: (data['tags'] as string[] | undefined) ?? [],
    attributes: (data['attributes'] as Record<string, unknown> | undefined) ?? {},
    team: (data['team'] as AccountProfile['team'] | undefined) ?? [],
    timeZone: text('timeZone'),
    country: text('country'),
    industry: text('industry'),
    plan: text('plan'),
  };
}
