import { Type } from 'typebox';
import { defineEvent, type EventData } from '../event-definition';
import { clearable, count, id, instant, oneOf } from '../fields';
import { topics } from '../topics';
import { erasureIdentifierKinds, erasureKinds } from '../vocabulary';

/**
 * Somebody's data is to be removed everywhere. Subject `erasure/{erasureId}`. It says who, so its topic keeps it for days
 * only; what services keep of it are digests.
 */
export const erasureRequested = defineEvent({
  type: 'tenure.erasure.requested.v1',
  topic: topics.erasures,
  schema: Type.Object({
    erasureId: id,
    kind: oneOf(erasureKinds),
    /** Of an account. */
    account: clearable(id),
    /** Of a person: everything that they are known by. */
    identifiers: clearable(
      Type.Array(
        Type.Object({ kind: oneOf(erasureIdentifierKinds), text: Type.String({ minLength: 1, maxLength: 500 }) }),
        {
          maxItems: 50,
        },
      ),
    ),
    requestedAt: instant,
  }),
});
export type ErasureRequested = EventData<typeof erasureRequested>;

/** A service has removed it: how many rows of which table were changed or deleted. Subject `erasure/{erasureId}`. */
export const erasureApplied = defineEvent({
  type: 'tenure.erasure.applied.v1',
  topic: topics.erasureReports,
  schema: Type.Object({
    erasureId: id,
    service: Type.String({ minLength: 1, maxLength: 100 }),
    tables: Type.Array(Type.Object({ table: Type.String({ minLength: 1, maxLength: 100 }), rows: count }), {
      maxItems: 500,
    }),
    appliedAt: instant,
  }),
});
export type ErasureApplied = EventData<typeof erasureApplied>;
