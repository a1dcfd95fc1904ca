import { Injectable } from '@nestjs/common';
import type { RenewalBody, RenewalHistoryItem, RenewalRow } from '@tenure/contracts';
import { decodeCursor, type Page, pageOf, type Tx } from '@tenure/platform';
import type { CalendarEntry } from './calendar.domain';
import type { Forecast } from './forecast.domain';
import type { RenewalFacts } from './renewal-candidates.domain';
import { amountsOf, type Call } from './renewal-row.domain';

/** Which renewals; days are epoch days, both included. Closed ones only where `stage` names them. */
export interface RenewalFilter {
  readonly from?: number;
  readonly to?: number;
  readonly stage?: readonly string[];
  readonly category?: readonly string[];
  /** E-mail, in lower case. */
  readonly owner?: string;
  readonly accountId?: string;
}

/** A place in the list and its direction. */
export interface RenewalPage {
  readonly descending: boolean;
  readonly limit: number;
  readonly cursor?: string;
}

/** The model's own view, beside a person's call. */
export type ModelView = Pick<RenewalRow, 'stage' | 'category' | 'probability' | 'amounts' | 'why'> &
  Pick<Forecast, 'parts'>;

/** A row with what stands behind it. */
export type RenewalView = RenewalRow & {
  readonly model: ModelView;
  readonly call: Pick<Call, 'by' | 'as' | 'at' | 'why'> | null;
};

interface Row {
  renewal_id: string;
  decision_day: number;
  data: RenewalRow;
  facts: RenewalFacts;
  model: Forecast;
  call: Call | null;
}

const matching = `tenant_id = $1 and decision_day between coalesce($2::int, -1000000) and coalesce($3::int, 1000000)
  and (case when $4::text[] is null then open else stage = any($4) end)
  and ($5::text[] is null or category = any($5)) and ($6::text is null or owner_email = $6)
  and ($7::text is null or account_id = $7)`;

/** Lists of renewals, single ones with their history, and the calendar. */
@Injectable()
export class RenewalReadModel {
  async list(tx: Tx, tenantId: string, filter: RenewalFilter, page: RenewalPage): Promise<Page<RenewalView>> {
    const [day, id] = decodeCursor(page.cursor, 2) ?? [null, null];
    const [beyond, order] = page.descending ? ['<', 'desc'] : ['>', 'asc'];
    const rows = await tx.query<Row>(
      `select renewal_id, decision_day, data, facts, model, call from renewals where ${matching}
         and ($8::int is null or (decision_day, renewal_id) ${beyond} ($8, $9::text))
       order by decision_day ${order}, renewal_id ${order} limit $10`,
      [...parameters(tenantId, filter), day, id, page.limit + 1],
    );
    const found = pageOf(rows, page.limit, (row) => [row.decision_day, row.renewal_id]);
    return { ...found, items: found.items.map(viewOf) };
  }

  async one(tx: Tx, tenantId: string, renewalId: string): Promise<(RenewalView & RenewalBody) | undefined> {
    const rows = await tx.query<Row>(
      'select renewal_id, decision_day, data, facts, model, call from renewals where tenant_id = $1 and renewal_id = $2',
      [tenantId, renewalId],
    );
    const row = rows[0];
    return row && { ...viewOf(row), history: await this.history(tx, tenantId, renewalId) };
  }

  async calendar(tx: Tx, tenantId: string, filter: RenewalFilter): Promise<CalendarEntry[]> {
    const rows = await tx.query<{ data: RenewalRow }>(
      `select data from renewals where ${matching} order by decision_day, renewal_id`,
      parameters(tenantId, filter),
    );
    return rows.map(({ data: { renewalId, decisionDate, currency, category, amounts } }) => {
      return { renewalId, decisionDate, currency, category, due: amounts.due, expected: amounts.expected };
    });
  }

  /** Every kept change, the newest first. */
  private async history(tx: Tx, tenantId: string, renewalId: string): Promise<RenewalHistoryItem[]> {
    const rows = await tx.query<Omit<RenewalHistoryItem, 'at'> & { at: Date }>(
      `select at, by, why, before, after from renewal_changes
       where tenant_id = $1 and renewal_id = $2 order by version desc limit 1000`,
      [tenantId, renewalId],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }
}

function parameters(tenantId: string, filter: RenewalFilter): unknown[] {
  const { from, to, stage, category, owner, accountId } = filter;
  return [tenantId, from ?? null, to ?? null, stage ?? null, category ?? null, owner ?? null, accountId ?? null];
}

function viewOf({ data, facts, model, call }: Row): RenewalView {
  const { stage, category, probability, why, parts } = model;
  const amounts = amountsOf(facts, model.amountMinor, probability);
  return {
    ...data,
    model: { stage, category, probability, amounts, why, parts },
    call: call && { by: call.by, as: call.as, at: call.at, why: call.why },
  };
}
