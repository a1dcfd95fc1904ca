import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';

import type { KeptPlan } from './plan.domain';

const columns = `plan_id as "planId", version, against, state, asked_by as "askedBy", asked_at as "askedAt", done, total, result`;

@Injectable()
export class PlanRepository {
  async add(tx: Tx, tenantId: string, plan: Omit<KeptPlan, 'done' | 'total' | 'result' | 'state'>): Promise<void> {
    await tx.query(
      `insert into model_plans (tenant_id, plan_id, version, against, state, asked_by, asked_at)
       values ($1, $2, $3, $4, 'waiting', $5, $6)`,
      [tenantId, plan.planId, plan.version, plan.against, plan.askedBy, plan.askedAt],
    );
  }

  async find(tx: Tx, tenantId: string, planId: string): Promise<KeptPlan | undefined> {
    const rows = await tx.query<KeptPlan>(
      `select ${columns} from model_plans where tenant_id = $1 and plan_id = $2::uuid`,
      [tenantId, planId],
    );
    return rows[0];
  }

  list(tx: Tx, tenantId: string): Promise<KeptPlan[]> {
    return tx.query<KeptPlan>(
      `select ${columns} from model_plans where tenant_id = $1 order by asked_at desc limit 50`,
      [tenantId],
    );
  }

  /** Writes progress; answers false where somebody cancelled it meanwhile. */
  async progress(tx: Tx, tenantId: string, planId: string, done: number, total: number): Promise<boolean> {
    const rows = await tx.query(
      `update model_plans set state = 'running', done = $3, total = $4
       where tenant_id = $1 and plan_id = $2 and state in ('waiting', 'running') returning 1`,
      [tenantId, planId, done, total],
    );
    return rows.length > 0;
  }

  /** Ends a plan that still runs; answers whether it did. */
  async end(
    tx: Tx,
    tenantId: string,
    planId: string,
    state: KeptPlan['state'],
    result: KeptPlan['result'],
  ): Promise<boolean> {
    const rows = await tx.query(
      `update model_plans set state = $3, result = $4
       where tenant_id = $1 and plan_id = $2::uuid and state in ('waiting', 'running') returning 1`,
      [tenantId, planId, state, result],
    );
    return rows.length > 0;
  }

  /** Accounts to judge, in order, after the one given. */
  async accounts(tx: Tx, tenantId: string, after: string, limit: number): Promise<string[]> {
    const rows = await tx.query<{ account_id: string }>(
      `select account_id from accounts where tenant_id = $1 and account_id > $2 and merged_into is null
         and first_seen is not null and not importing order by account_id limit $3`,
      [tenantId, after, limit],
    );
    return rows.map((row) => row.account_id);
  }

  async countAccounts(tx: Tx, tenantId: string): Promise<number> {
    const [row] = await tx.query<{ count: string }>(
      `select count(*) as count from accounts where tenant_id = $1 and merged_into is null
         and first_seen is not null and not importing`,
      [tenantId],
    );
    return Number(row?.count ?? 0);
  }
}
