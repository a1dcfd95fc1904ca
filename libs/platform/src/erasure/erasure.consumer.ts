import { randomBytes } from 'node:crypto';

import { type Envelope, type ErasureRequested, topics } from '@tenure/contracts';

import type { Tx } from '../database/tx';
import { type BatchContext, Consume, Consumers } from '../messaging/consume.decorator';
import { identifierOf } from './person-matcher';

/** Notes who is to be erased, from the same transaction on for every fold; what is stored already is swept after it. */
@Consumers()
export class ErasureConsumer {
  @Consume(topics.erasures)
  async requested(batch: readonly Envelope<ErasureRequested>[], { tx, now }: BatchContext): Promise<void> {
    for (const { tenantid, data } of batch) {
      if (data.identifiers) await addIdentifiers(tx, tenantid, data, now);
      await tx.query(
        `insert into system.erasure_tasks (tenant_id, erasure_id, request, known_by, asked_at)
         values ($1, $2, $3, pg_current_xact_id(), $4) on conflict do nothing`,
        [tenantid, data.erasureId, JSON.stringify(data), now],
      );
      await tx.query(`select pg_notify('tenure_erasures', '')`);
    }
  }
}

async function addIdentifiers(tx: Tx, tenantId: string, data: ErasureRequested, now: Date): Promise<void> {
  const [list] = await tx.query<{ salt: string }>(
    `insert into system.erasure_lists (tenant_id, version, salt) values ($1, 1, $2)
     on conflict (tenant_id) do update set version = erasure_lists.version + 1 returning salt`,
    [tenantId, randomBytes(16).toString('base64url')],
  );
  const found = (data.identifiers ?? []).flatMap((said) => identifierOf(said, data.erasureId, list?.salt ?? '') ?? []);
  await tx.query(
    `insert into erased_identifiers
       (tenant_id, digest, erasure_id, first_word, words, is_exact, is_distinctive, erased_at)
     select $1, n.digest, $2, n.first_word, n.words, n.is_exact, n.is_distinctive, $3
     from unnest($4::text[], $5::int[], $6::int[], $7::boolean[], $8::boolean[])
       as n(digest, first_word, words, is_exact, is_distinctive)
     on conflict do nothing`,
    [
      tenantId,
      data.erasureId,
      now,
      found.map(({ digest }) => digest),
      found.map(({ firstWord }) => firstWord),
      found.map(({ words }) => words),
      found.map(({ isExact }) => isExact),
      found.map(({ isDistinctive }) => isDistinctive),
    ],
  );
}
