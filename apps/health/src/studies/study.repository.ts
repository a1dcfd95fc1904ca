import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';

import type { Study } from './study.domain';

const columns = `study_id as "studyId", kind, question, state, asked_by as "askedBy", asked_at as "askedAt", done, total, result`;
const judged = 'merged_into is null and first_seen is not null and not importing';

@Injectable()
export class StudyRepository {
  async add(tx: Tx, tenantId: string, study: Study): Promise<void> {
    await tx.query(
      `insert into studies (tenant_id, study_id, kind, question, state, asked_by, asked_at) values ($1, $2, $3, $4, $5, $6, $7)`,
      [tenantId, study.studyId, study.kind, study.question, study.state, study.askedBy, study.askedAt],
    );
  }

  async find(tx: Tx, tenantId: string, studyId: string): Promise<Study | undefined> {
    const rows = await tx.query<Study>(`select ${columns} from studies where tenant_id = $1 and study_id = $2::uuid`, [
      tenantId,
      studyId,
    ]);
    return rows[0];
  }

  /** Newest first, without the answers, which can be large. */
  list(tx: Tx, tenantId: string, kind: string): Promise<Study[]> {
    return tx.query<Study>(
      `select ${columns.replace(', result', ', null as result')} from studies where tenant_id = $1 and kind = $2
       order by asked_at desc limit 50`,
      [tenantId, kind],
    );
  }

  /** The newest one of a kind, with its answer. */
  async newest(tx: Tx, tenantId: string, kind: string): Promise<Study | undefined> {
    const rows = await tx.query<Study>(
      `select ${columns} from studies where tenant_id = $1 and kind = $2 order by asked_at desc limit 1`,
      [tenantId, kind],
    );
    return rows[0];
  }

  /** Writes progress; answers false where somebody cancelled it meanwhile. */
  async progress(tx: Tx, tenantId: string, studyId: string, done: number, total: number): Promise<boolean> {
    const rows = await tx.query(
      `update studies set state = 'running', done = $3, total = $4
       where tenant_id = $1 and study_id = $2 and state in ('waiting', 'running') returning 1`,
      [tenantId, studyId, done, total],
    );
    return rows.length > 0;
  }

  /** Ends a study that still runs; answers whether it did. */
  async end(
    tx: Tx,
    tenantId: string,
    studyId: string,
    state: Study['state'],
    result: Study['result'],
  ): Promise<boolean> {
    const rows = await tx.query(
      `update studies set state = $3, result = $4
       where tenant_id = $1 and study_id = $2::uuid and state in ('waiting', 'running') returning 1`,
      [tenantId, studyId, state, result],
    );
    return rows.length > 0;
  }

  /** Whether accounts are being imported: nobody has judged them yet, so a study would leave them out. */
  async importing(tx: Tx, tenantId: string): Promise<boolean> {
    const rows = await tx.query('select 1 from accounts where tenant_id = $1 and importing limit 1', [tenantId]);
    return rows.length > 0;
  }

  /** Accounts to look at, in order, after the one given. */
  async accounts(tx: Tx, tenantId: string, after: string, limit: number): Promise<string[]> {
    const rows = await tx.query<{ account_id: string }>(
      `select account_id from accounts where tenant_id = $1 and account_id > $2 and ${judged} order by account_id limit $3`,
      [tenantId, after, limit],
    );
    return rows.map((row) => row.account_id);
  }

  async countAccounts(tx: Tx, tenantId: string): Promise<number> {
    const [row] = await tx.query<{ count: string }>(
      `select count(*) as count from accounts where tenant_id = $1 and ${judged}`,
      [tenantId],
    );
    return Number(row?.count ?? 0);
  }
}
