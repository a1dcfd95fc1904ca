import { type ArrMoved, fromMinor, type RetentionBody, type RetentionFigures } from '@tenure/contracts';
import { decodeCursor, pageOf, type Page, Problem, type Tx } from '@tenure/platform';
import { dayFromIso, isoFromDay, zonedDay } from '@tenure/scoring';
import { TenantsReadModel } from '../tenants/tenants.read-model';
import { type FullAccount, type FullLine, LedgerReadModel } from './ledger.read-model';
import type { MovementsQuery, RetentionQuery } from './retention.dto';
import { figureNames, linesBehind, retention, type Retention } from './retention.domain';
import { monthsOf, type Period, trailingYear } from './retention-period.domain';

/** A ledger line behind a figure: the movement, and whose it is. */
export type MovementRow = Omit<ArrMoved, 'version'> & { readonly accountName: string | null };

interface Asked {
  readonly period: Period;
  readonly currency: string;
  readonly accounts: readonly FullAccount[];
}

const mostDays = 3_700;

/** Retention of a period, computed from the ledger when it is asked for. */
export class RetentionReadModel {
  private readonly tenants = new TenantsReadModel();
  private readonly ledger = new LedgerReadModel();

  async report(tx: Tx, tenantId: string, query: RetentionQuery, now: Date): Promise<RetentionBody> {
    const { period, currency, accounts } = await this.asked(tx, tenantId, query, now);
    const groups = Map.groupBy(accounts, (account) => account[query.by]);
    const others = new Set(accounts.flatMap((account) => account.lines.map((line) => line.currency)));
    others.delete(currency);
    return {
      from: isoFromDay(period.from),
      to: isoFromDay(period.to),
      currency,
      ...figures(retention(accounts, period, currency), currency),
      months: monthsOf(period).map(({ month, ...each }) => ({
        month,
        ...figures(retention(accounts, each, currency), currency),
      })),
      groups: [...groups]
        .map(([key, own]) => ({ key, ...figures(retention(own, period, currency), currency) }))
        .filter((group) => group.n > 0)
        .sort((a, b) => b.startingArr - a.startingArr),
      excludedCurrencies: [...others].sort(),
      fx: {},
    };
  }

  /** The lines behind a figure, the latest first. */
  async movements(tx: Tx, tenantId: string, query: MovementsQuery, now: Date): Promise<Page<MovementRow>> {
    const { period, currency, accounts } = await this.asked(tx, tenantId, query, now);
    const cursor = decodeCursor(query.cursor, 2);
    const placeOf = (line: FullLine): string => [line.accountId, line.movementId].join('\n');
    const lines = linesBehind(accounts, period, currency, query.figure ?? figureNames[0])
      .sort((a, b) => b.day - a.day || (placeOf(a) < placeOf(b) ? -1 : 1))
      .filter((line) => {
        if (!cursor) return true;
        const [day, place] = [Number(cursor[0]), String(cursor[1])];
        return line.day < day || (line.day === day && placeOf(line) > place);
      });
    const page = pageOf(lines.slice(0, query.limit + 1), query.limit, (last) => [last.day, placeOf(last)]);
    return { items: page.items.map(movementRow), nextCursor: page.nextCursor };
  }

  private async asked(tx: Tx, tenantId: string, query: RetentionQuery, now: Date): Promise<Asked> {
    const tenant = await this.tenants.one(tx, tenantId);
    const period = periodOf(query, trailingYear(zonedDay(now.getTime(), tenant.timeZone)));
    const accounts = await this.ledger.accounts(tx, tenantId, period.to);
    return { period, currency: query.currency ?? tenant.currency, accounts };
  }
}

/** @throws Problem `invalid` for a period that ends before it begins, or is longer than ten years */
function periodOf(query: Pick<RetentionQuery, 'from' | 'to'>, usual: Period): Period {
  const to = query.to === undefined ? usual.to : dayFromIso(query.to);
  const from = query.from === undefined ? Math.min(usual.from, to - 1) : dayFromIso(query.from);
  if (from >= to) throw new Problem('invalid', 'A period ends after it begins.', { pointer: '/to' });
  if (to - from > mostDays) throw new Problem('invalid', 'A period has at most ten years.', { pointer: '/from' });
  return { from, to };
}

function figures(of: Retention, currency: string): RetentionFigures {
  const { startingArr, expansion, contraction, churn, nrr, grr, logoChurn, n } = of;
  const major = (minor: bigint): number => fromMinor(minor, currency);
  return {
    startingArr: major(startingArr),
    expansion: major(expansion),
    contraction: major(contraction),
    churn: major(churn),
    ...{ nrr, grr, logoChurn, n },
  };
}

function movementRow(line: FullLine): MovementRow {
  const { accountId, accountName, movementId, kind, product, contractId, currency, reason } = line;
  return {
    ...{ accountId, accountName, movementId, kind, product, contractId, currency, reason },
    date: isoFromDay(line.day),
    amount: fromMinor(line.amountMinor, currency),
    arrAfter: fromMinor(line.arrAfterMinor, currency),
  };
}
