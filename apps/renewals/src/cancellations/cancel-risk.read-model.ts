import { Injectable } from '@nestjs/common';
import { decodeCursor, type Page, pageOf, type Tx } from '@tenure/platform';
import type { CancelRisk } from './cancel-risk.domain';

/** A plan that can be cancelled any month, and whose it is. */
export type CancelRiskRow = CancelRisk & { readonly accountId: string };

interface Row {
  account_id: string;
  contract_id: string;
  probability: number;
  data: CancelRisk;
}

@Injectable()
export class CancelRiskReadModel {
  /** The likeliest first. */
  async list(tx: Tx, tenantId: string, limit: number, cursor?: string): Promise<Page<CancelRiskRow>> {
    const [probability, account, contract] = decodeCursor(cursor, 3) ?? [null, null, null];
    const rows = await tx.query<Row>(
      `select account_id, contract_id, probability, data from cancel_risks
       where tenant_id = $1 and ($2::real is null or (-probability, account_id, contract_id) > (-$2::real, $3::text, $4::text))
       order by -probability, account_id, contract_id limit $5`,
      [tenantId, probability, account, contract, limit + 1],
    );
    const page = pageOf(rows, limit, (row) => [row.probability, row.account_id, row.contract_id]);
    return { ...page, items: page.items.map((row) => ({ accountId: row.account_id, ...row.data })) };
  }
}
