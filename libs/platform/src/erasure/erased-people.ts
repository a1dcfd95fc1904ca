import { Injectable } from '@nestjs/common';
import { type Envelope, eventHeld, eventRejected, stakeholderChanged, userChanged } from '@tenure/contracts';

import type { Tx } from '../database/tx';
import { type ErasedIdentifier, PersonMatcher } from './person-matcher';

interface ListRow {
  tenant_id: string;
  version: string;
  salt: string;
}

interface IdentifierRow {
  digest: string;
  erasure_id: string;
  first_word: number;
  words: number;
  is_exact: boolean;
  is_distinctive: boolean;
}

/** What of a record can name somebody. */
interface KeptRecord {
  readonly value: Buffer | null;
  readonly envelope?: Envelope;
}

/**
 * The list of erased people that every fold applies. It is read inside the fold's own transaction, after its first lock:
 * so a fold either sees an erasure or is seen by its sweep, which waits for the transactions that did not.
 */
@Injectable()
export class ErasedPeople {
  private readonly known = new Map<string, { version: string; matcher: PersonMatcher }>();

  /** The events as they may be applied: erased people are replaced. Identity was taken before, so a copy stays a copy. */
  async scrub<E extends Envelope>(tx: Tx, events: readonly E[]): Promise<readonly E[]> {
    const matchers = await this.matchers(tx);
    if (matchers.size === 0) return events;
    return events.map((event) => {
      const matcher = matchers.get(event.tenantid);
      return matcher ? scrubbed(matcher, event) : event;
    });
  }

  /** A value as it may be written outside a fold; the transaction is one that the sweep waits for from here on. */
  async scrubValue<T>(tx: Tx, tenantId: string, value: T): Promise<T> {
    await tx.query('select pg_current_xact_id()');
    const matcher = (await this.matchers(tx)).get(tenantId);
    return matcher ? (matcher.scrub(value) as T) : value;
  }

  /** A record as it may be kept as a dead letter. */
  async scrubRecord<R extends KeptRecord>(tx: Tx, record: R): Promise<R> {
    const tenantId = record.envelope?.tenantid;
    const matcher = tenantId === undefined ? undefined : (await this.matchers(tx)).get(tenantId);
    if (!matcher || record.value === null || !record.envelope) return record;
    const text = record.value.toString('utf8');
    const clean = matcher.scrubText(text);
    if (clean === text) return record;
    const envelope = scrubbed(matcher, record.envelope);
    const value = Buffer.from('data' in record.envelope ? JSON.stringify({ ...envelope }) : clean);
    return Object.create(record, { value: { value }, envelope: { value: envelope } }) as R;
  }

  /** By tenant of the transaction; a tenant without erased people is not in it. */
  private async matchers(tx: Tx): Promise<ReadonlyMap<string, PersonMatcher>> {
    const found = new Map<string, PersonMatcher>();
    if (tx.tenants.length === 0) return found;
    const lists = await tx.query<ListRow>(
      'select tenant_id, version, salt from system.erasure_lists where tenant_id = any($1::text[])',
      [tx.tenants],
    );
    for (const list of lists) {
      const known = this.known.get(list.tenant_id);
      const matcher = known?.version === list.version ? known.matcher : await readMatcher(tx, list);
      this.known.set(list.tenant_id, { version: list.version, matcher });
      found.set(list.tenant_id, matcher);
    }
    return found;
  }
}

async function readMatcher(tx: Tx, { tenant_id, salt }: ListRow): Promise<PersonMatcher> {
  const rows = await tx.query<IdentifierRow>(
    `select digest, erasure_id, first_word, words, is_exact, is_distinctive from erased_identifiers where tenant_id = $1`,
    [tenant_id],
  );
  return new PersonMatcher(rows.map(identifierOfRow), salt);
}

const identifierOfRow = (row: IdentifierRow): ErasedIdentifier => ({
  digest: row.digest,
  erasureId: row.erasure_id,
  firstWord: row.first_word,
  words: row.words,
  isExact: row.is_exact,
  isDistinctive: row.is_distinctive,
});

const profiles = new Set<string>([userChanged.type, stakeholderChanged.type]);

function scrubbed<E extends Envelope>(matcher: PersonMatcher, event: E): E {
  const data = dataWithout(matcher, event.type, event.data);
  const [id, source] = [matcher.scrubText(event.id), matcher.scrubText(event.source)];
  return data === event.data && id === event.id && source === event.source ? event : { ...event, id, source, data };
}

function dataWithout(matcher: PersonMatcher, type: string, data: unknown): unknown {
  if (profiles.has(type)) return matcher.scrubProfile(data as Record<string, unknown>);
  const clean = matcher.scrub(data);
  if (clean === data) return data;
  // What was refused may hold anything about them under names that nobody knows.
  if (type === eventRejected.type) return { ...(clean as object), body: 'erased', shared: null };
  if (type !== eventHeld.type) return clean;
  const held = clean as { type: string; data: unknown };
  return { ...held, data: dataWithout(matcher, held.type, held.data) };
}
