import { type AccountRow, type CountedPage, type Severity, severities } from '@tenure/contracts';
import { decodeCursor, pageOf, Problem, type Tx } from '@tenure/platform';
import type { AccountsQuery, DirectedSort } from './accounts.dto';

/** What a list is asked for; `me` is resolved. An owner of '' is no owner. */
export interface AccountsFilter extends Pick<
  AccountsQuery,
  'search' | 'band' | 'segment' | 'stage' | 'limit' | 'cursor'
> {
  readonly owner?: string;
  readonly sort: DirectedSort;
}

/** A row of table `portfolio`, as far as lists show it. */
export interface PortfolioRecord {
  readonly account_id: string;
  readonly name: string | null;
  readonly kind: AccountRow['kind'];
  readonly segment: string | null;
  readonly stage: string | null;
  readonly arr_major: string | null;
  readonly currency: string | null;
  readonly arr_source: AccountRow['arrSource'];
  readonly score: string | null;
  readonly band: AccountRow['band'];
  readonly trend: string | null;
  readonly coverage: string | null;
  readonly decision_day: string | null;
  readonly open_alerts: number;
  readonly worst_severity: number | null;
  readonly owner_email: string | null;
  readonly parent_id: string | null;
}

export const portfolioColumns = `account_id, name, kind, segment, stage, arr_major, currency, arr_source, score, band, trend,
  coverage, to_char(decision_date, 'YYYY-MM-DD') as decision_day, open_alerts, worst_severity, owner_email, parent_id`;

/** Sort → the column and its type; rows without a value come last in both directions. */
const sortColumns = {
  name: ['sort_name', 'text'],
  score: ['score', 'numeric'],
  trend: ['trend', 'numeric'],
  arr: ['arr_major', 'numeric'],
  decisionDate: ['decision_date', 'date'],
  openAlerts: ['open_alerts', 'int'],
} as const;

interface Order {
  readonly column: string;
  readonly type: string;
  readonly descending: boolean;
}

/** Conditions of a statement with their parameters, numbered as they are added. */
class Conditions {
  private readonly texts: string[] = [];
  readonly parameters: unknown[] = [];

  add(text: (...places: string[]) => string, ...values: unknown[]): void {
    this.texts.push(text(...values.map((value) => `$${this.parameters.push(value)}`)));
  }

  toString(): string {
    return this.texts.map((text) => `(${text})`).join(' and ');
  }
}

/** The portfolio: one row per account that lives, filtered, sorted and paged by key. */
export class AccountsReadModel {
  async list(tx: Tx, tenantId: string, filter: AccountsFilter): Promise<CountedPage<AccountRow>> {
    const order = orderOf(filter.sort);
    const where = matching(tenantId, filter);
    const [count] = await tx.query<{ total: number }>(
      `select count(*)::int as total from portfolio where ${where.toString()}`,
      [...where.parameters],
    );
    after(where, order, filter);
    const { column, descending } = order;
    const rows = await tx.query<PortfolioRecord & { sort_value: string | null }>(
      `select ${portfolioColumns}, ${column}::text as sort_value from portfolio where ${where.toString()}
       order by ${column} is null, ${column} ${descending ? 'desc' : 'asc'}, account_id limit ${filter.limit + 1}`,
      where.parameters,
    );
    const page = pageOf(rows, filter.limit, (last) => [filter.sort, last.sort_value, last.account_id]);
    return { items: page.items.map(accountRow), nextCursor: page.nextCursor, total: count?.total ?? 0 };
  }
}

function orderOf(sort: DirectedSort): Order {
  const descending = sort.startsWith('-');
  const [column, type] = sortColumns[sort.replace('-', '') as keyof typeof sortColumns];
  return { column, type, descending };
}

function matching(tenantId: string, filter: AccountsFilter): Conditions {
  const where = new Conditions();
  where.add((tenant) => `tenant_id = ${tenant} and merged_into is null`, tenantId);
  if (filter.band) where.add((list) => `band = any(${list}::text[])`, filter.band.split(','));
  if (filter.segment) where.add((segment) => `segment = ${segment}`, filter.segment);
  // A band asks for accounts to keep; who has churned is a state of its own, found by its stage.
  if (filter.band && !filter.stage) where.add(() => `stage is distinct from 'churned'`);
  if (filter.stage) where.add((stage) => `stage = ${stage}`, filter.stage);
  if (filter.owner !== undefined)
    where.add((owner) => `coalesce(owner_email, '') = ${owner}`, filter.owner.toLowerCase());
  for (const word of filter.search?.toLowerCase().split(/\s+/).filter(Boolean) ?? []) {
    where.add((text) => `strpos(search_text, ${text}) > 0`, word);
  }
  return where;
}

/** Only what comes behind the cursor's row. @throws Problem `invalid` for a cursor of another list or another sort */
function after(where: Conditions, { column, type, descending }: Order, { cursor, sort }: AccountsFilter): void {
  const values = decodeCursor(cursor, 3);
  if (!values) return;
  const [of, value = null, accountId] = values;
  if (of !== sort) throw new Problem('invalid', 'The cursor is of a list sorted otherwise.', { pointer: '/cursor' });
  if (value === null) {
    where.add((id) => `${column} is null and account_id > ${id}`, String(accountId));
    return;
  }
  where.add(
    (at, id) =>
      `${column} is null or ${column} ${descending ? '<' : '>'} ${at}::${type} or (${column} = ${at}::${type} and account_id > ${id})`,
    String(value),
    String(accountId),
  );
}

const number = (value: string | null): number | null => (value === null ? null : Number(value));

export const severityOf = (rank: number | null): Severity | null => (rank === null ? null : (severities[rank] ?? null));

/** Money in major units. The owner's name is known to the gateway only. */
export function accountRow(row: PortfolioRecord): AccountRow {
  return {
    accountId: row.account_id,
    name: row.name,
    kind: row.kind,
    segment: row.segment,
    stage: row.stage,
    arr: number(row.arr_major),
    currency: row.currency,
    arrSource: row.arr_source,
    score: number(row.score),
    band: row.band,
    trend: number(row.trend),
    coverage: number(row.coverage),
    decisionDate: row.decision_day,
    openAlerts: row.open_alerts,
    worstSeverity: severityOf(row.worst_severity),
    owner: row.owner_email === null ? null : { email: row.owner_email, name: null },
    parentId: row.parent_id,
  };
}
