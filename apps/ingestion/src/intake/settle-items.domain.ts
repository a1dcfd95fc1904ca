import type { ReceiptBody } from '@tenure/contracts';

import { accountAsOf, type Stay } from '../directory/membership.domain';
import { type Candidate, isRefusal, type Mapped } from './candidate.domain';
import type { IntakeItem } from './item.domain';
import type { EncodedRecord, RecordEncoder } from './record.domain';
import type { ReferenceKey } from './reference.domain';

/** Where each reference leads; nowhere is an empty list. What could not be looked up is not in it. */
export type Found = ReadonlyMap<ReferenceKey, readonly Stay[]>;

/** All that a request becomes. */
export interface Settled {
  readonly records: readonly EncodedRecord[];
  /** accepted + held + rejected = the items. */
  readonly receipt: ReceiptBody;
}

/** Decides for every item whether it is accepted, held or refused, and encodes what is to be sent. */
export function settleItems(
  items: readonly IntakeItem[],
  found: Found,
  encoder: RecordEncoder,
  newId: () => string,
): Settled {
  const records: EncodedRecord[] = [];
  const receipt: ReceiptBody = { accepted: 0, held: 0, rejected: [] };
  for (const [index, { outcome, id, type, body, rejectId }] of items.entries()) {
    if (!isRefusal(outcome)) {
      const known = place(outcome, found, encoder, records);
      receipt[known ? 'accepted' : 'held'] += 1;
      continue;
    }
    const { code, pointer, detail } = outcome;
    records.push(encoder.rejected(rejectId ?? newId(), { refusal: outcome, index, id, type, body }));
    receipt.rejected.push({ index, id, code, pointer, detail });
  }
  return { records, receipt };
}

/** Answers whether the account of every event is known. */
function place(mapped: Mapped, found: Found, encoder: RecordEncoder, records: EncodedRecord[]): boolean {
  let known = true;
  for (const event of mapped.events) {
    const accountId = event.accountId ?? accountOf(event, found);
    known &&= accountId !== undefined;
    records.push(
      accountId === undefined ? encoder.held(event, event.references[0] ?? '') : encoder.accepted(event, accountId),
    );
  }
  return known;
}

function accountOf(event: Candidate, found: Found): string | undefined {
  for (const key of event.references) {
    const stays = found.get(key);
    const accountId = stays && accountAsOf(stays, event.timeMs);
    if (accountId !== undefined) return accountId;
    // Not known is not nowhere: the database is away, so it has to wait.
    if (!stays) return undefined;
  }
  return event.otherwiseAccountId;
}
