import type { Tx } from '../database/tx';

/** One write of one caller: the key they chose, and what they sent with it. */
export interface IdempotentWrite {
  readonly tenant: string;
  readonly subject: string;
  readonly key: string;
  /** Method and path. */
  readonly route: string;
  readonly bodyHash: string;
}

export interface StoredWrite {
  readonly route: string;
  readonly bodyHash: string;
  readonly answered: boolean;
  readonly answer: unknown;
}

/** Takes the key, or answers what stands under it. A claim older than `abandonedBefore` was left by a dead process. */
export async function claim(
  tx: Tx,
  write: IdempotentWrite,
  now: Date,
  abandonedBefore: Date,
): Promise<StoredWrite | undefined> {
  const { tenant, subject, key, route, bodyHash } = write;
  const taken = await tx.query(
    `insert into system.idempotency as i (tenant_id, subject, key, route, body_hash, answered, claimed_at)
     values ($1, $2, $3, $4, $5, false, $6)
     on conflict (tenant_id, subject, key) do update set claimed_at = excluded.claimed_at
       where not i.answered and i.claimed_at < $7 and i.route = excluded.route and i.body_hash = excluded.body_hash
     returning 1`,
    [tenant, subject, key, route, bodyHash, now, abandonedBefore],
  );
  if (taken.length > 0) return undefined;
  const [stored] = await tx.query<StoredWrite>(
    `select route, body_hash as "bodyHash", answered, answer from system.idempotency
     where tenant_id = $1 and subject = $2 and key = $3`,
    [tenant, subject, key],
  );
  // Gone again between the two statements: the other attempt failed just now. The caller may repeat.
  return stored ?? { route, bodyHash, answered: false, answer: null };
}

export async function keepAnswer(tx: Tx, { tenant, subject, key }: IdempotentWrite, answer: unknown): Promise<void> {
  await tx.query(
    `update system.idempotency set answered = true, answer = $4
     where tenant_id = $1 and subject = $2 and key = $3`,
    [tenant, subject, key, answer === undefined ? null : JSON.stringify(answer)],
  );
}

/** After a failure the key is free again: nothing was done under it. */
export async function release(tx: Tx, { tenant, subject, key }: IdempotentWrite): Promise<void> {
  await tx.query('delete from system.idempotency where tenant_id = $1 and subject = $2 and key = $3 and not answered', [
    tenant,
    subject,
    key,
  ]);
}

export async function forget(tx: Tx, before: Date): Promise<void> {
  await tx.query('delete from system.idempotency where claimed_at < $1', [before]);
}
