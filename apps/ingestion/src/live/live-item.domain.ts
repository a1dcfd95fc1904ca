import type { Envelope, EventHeld } from '@tenure/contracts';

import { type Arrival, isRefusal, type Refusal } from '../intake/candidate.domain';
import type { IntakeItem } from '../intake/item.domain';
import type { EncodedRecord } from '../intake/record.domain';
import type { WatchFilter } from './watch-list.domain';

/** An item as it is kept for who watches. */
export interface KeptItem {
  readonly at: Date;
  readonly way: string | null;
  readonly outcome: 'accepted' | 'held' | 'rejected';
  readonly type: string | null;
  readonly accountId: string | null;
  readonly userId: string | null;
  readonly raw: string;
  readonly mapped: string;
  readonly cut: boolean;
  readonly reason: Refusal | null;
}

/** More of one item is not kept; it is debugging, not an archive. */
const longestText = 8_000;
const longestId = 500;

/** What is known of an item before any of it is written: enough to ask whether somebody wants it. */
export interface Glance {
  readonly type: string | null;
  readonly accountId: string | null;
  readonly userId: string | null;
}

export function glanceAt({ outcome, type, raw, body }: IntakeItem, accountId: string | null): Glance {
  if (isRefusal(outcome)) return { type, accountId: null, userId: userSent(raw ?? body) };
  const [event] = outcome.events;
  const userId = textOf(event.data['userId']) ?? textOf(event.data['anonymousId']);
  return { type: event.definition.type, accountId: event.accountId ?? accountId, userId };
}

/** `usage` and `usage.recorded` mean `tenure.usage.recorded.v1`; accounts and users are compared as they are. */
export function wanted(filters: readonly WatchFilter[], glance: Glance): boolean {
  return filters.some(
    ({ type, account, user }) =>
      (type === null || (glance.type ?? '').includes(type)) &&
      (account === null || glance.accountId === account) &&
      (user === null || glance.userId === user),
  );
}

/** @param records those that the item became: one of a refused item, one for each event of the others */
export function keptItem(arrival: Arrival, item: IntakeItem, records: readonly EncodedRecord[]): KeptItem {
  const { outcome } = item;
  const raw = shown(item.raw ?? item.body);
  const base = { at: new Date(arrival.receivedMs), way: arrival.way ?? null, raw: raw.text };
  if (isRefusal(outcome)) {
    const { type, userId } = glanceAt(item, null);
    const reason = { code: outcome.code, pointer: outcome.pointer, detail: outcome.detail };
    const who = { type: short(type), accountId: null, userId: short(userId) };
    return { ...base, outcome: 'rejected', ...who, mapped: 'null', cut: raw.cut, reason };
  }
  const envelopes = records.map((record) => JSON.parse(String(record.value)) as Envelope);
  const waiting = envelopes.find((each) => each.type === 'tenure.event.held.v1');
  const accountId = envelopes.find((each) => each !== waiting)?.subject ?? null;
  const mapped = shown(envelopes.map((each) => (each === waiting ? heldEvent(each.data as EventHeld) : each)));
  const { type, userId } = glanceAt(item, accountId);
  return {
    ...base,
    outcome: waiting ? 'held' : 'accepted',
    type,
    accountId: short(accountId),
    userId: short(userId),
    mapped: mapped.text,
    cut: raw.cut || mapped.cut,
    reason: waiting ? heldFor(waiting.data as EventHeld) : null,
  };
}

const heldEvent = ({ type, eventId, eventSource, time, reference, data }: EventHeld): object => ({
  specversion: '1.0',
  id: eventId,
  source: eventSource,
  type,
  time,
  heldFor: reference,
  data,
});

function heldFor({ reference }: EventHeld): Refusal {
  const { accountRef, accountDomain, userId, anonymousId } = reference;
  const named = accountRef ? `the ${accountRef.system} id ${accountRef.id}` : undefined;
  const what = named ?? (accountDomain ? `the domain ${accountDomain}` : `the user ${userId ?? anonymousId}`);
  return { code: 'account-unknown', pointer: '', detail: `No account is known for ${what} yet.` };
}

/** Names under which SDKs and tools send what opens something. */
const secretNames =
  /^(write_?key|api_?key|token|access_?token|refresh_?token|authorization|password|secret|client_?secret|signature)$/i;

/** The JSON of anything, with secrets blanked, and cut where it is too long. */
export function shown(value: unknown): { text: string; cut: boolean } {
  let text: string;
  try {
    text =
      JSON.stringify(value, (key, each: unknown) => (secretNames.test(key) && isText(each) ? '•••' : each)) ?? 'null';
  } catch {
    return { text: '"nested too deep to be shown"', cut: true };
  }
  return text.length <= longestText ? { text, cut: false } : { text: text.slice(0, longestText), cut: true };
}

const isText = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';
/** `distinct_id`: PostHog's. */
const userSent = (item: unknown): string | null =>
  textOf(fieldOf(item, 'userId')) ??
  textOf(fieldOf(item, 'distinct_id')) ??
  textOf(fieldOf(fieldOf(item, 'data'), 'userId'));
const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const short = (text: string | null): string | null =>
  text === null ? null : text.toWellFormed().replaceAll('\0', '\uFFFD').slice(0, longestId);
