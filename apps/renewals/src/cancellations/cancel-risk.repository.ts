import { Injectable } from '@nestjs/common';
import type { AccountKey, Tx } from '@tenure/platform';
import type { CancelRisk } from './cancel-risk.domain';

/** The plans of an account that can be cancelled any month. */
export interface AccountRisks {
  readonly key: AccountKey;
  readonly risks: readonly CancelRisk[];
}

@Injectable()
export class CancelRiskRepository {
  /** These are all that the accounts have now. */
  async replace(tx: Tx, accounts: readonly AccountRisks[]): Promise<void> {
    await tx.query(
      `delete from cancel_risks r using unnest($1::text[], $2::text[]) as k(tenant_id, account_id)
       where r.tenant_id = k.tenant_id and r.account_id = k.account_id`,
      [accounts.map(({ key }) => key.tenantId), accounts.map(({ key }) => key.accountId)],
    );
    const rows = accounts.flatMap(({ key, risks }) => risks.map((risk) => ({ key, risk })));
    // Two terms of one contract never run on the same day, but a late event may say so for a moment.
    const once = [...new Map(rows.map((row) => [JSON.stringify([row.key, row.risk.contractId]), row])).values()];
    if (once.length === 0) return;
    await tx.query(
      `insert into cancel_risks (tenant_id, account_id, contract_id, probability, data)
       select t, a, c, p, d::jsonb from unnest($1::text[], $2::text[], $3::text[], $4::real[], $5::text[]) as r(t, a, c, p, d)`,
      [
        once.map(({ key }) => key.tenantId),
        once.map(({ key }) => key.accountId),
        once.map(({ risk }) => risk.contractId),
        once.map(({ risk }) => risk.probability),
        once.map(({ risk }) => JSON.stringify(risk)),
      ],
    );
  }
}
