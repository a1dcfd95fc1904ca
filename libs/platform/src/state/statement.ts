import type { Envelope } from '@tenure/contracts';

import type { Statement } from './fold-state';

/** What a state event says, and when its source knew it: `sourceUpdatedAt` where it has one, else the event's time. */
export function statementOf(envelope: Envelope): Statement {
  const fields = envelope.data as Readonly<Record<string, unknown>>;
  const updated = fields['sourceUpdatedAt'];
  return {
    rank: {
      time: new Date(typeof updated === 'string' ? updated : envelope.time).toISOString(),
      // Left-padded so that the text order of a vendor's counter is its number's order.
      sequence: (envelope.sequence ?? '').padStart(20, '0'),
      source: envelope.source,
      id: envelope.id,
    },
    snapshot: fields['snapshot'] === true,
    fields,
  };
}
