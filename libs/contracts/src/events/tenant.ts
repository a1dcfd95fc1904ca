import { Type } from 'typebox';
import { knownCurrency, knownTimeZone } from '../checks';
import { defineEvent, type EventData } from '../event-definition';
import { currency, freeFields, label, optional, oneOf, version } from '../fields';
import { patterns } from '../patterns';
import { topics } from '../topics';

/** A tenant with its settings, whole. Subject `tenant`, key `${tenant}:tenant`, so the topic keeps the latest. */
export const tenantChanged = defineEvent({
  type: 'tenure.tenant.changed.v1',
  topic: topics.tenantChanges,
  schema: Type.Object({
    tenantId: Type.Unsafe<string>({ type: 'string', pattern: patterns.tenantId.form }),
    version,
    name: label,
    state: oneOf(['active', 'suspended', 'deleted']),
    /** IANA name; money, fiscal periods and reports run by it. */
    timeZone: Type.String({ minLength: 1, maxLength: 64 }),
    currency,
    /** The month (1 to 12) in which the fiscal year begins. */
    fiscalYearStart: Type.Integer({ minimum: 1, maximum: 12 }),
    /** ISO weekdays (1 Monday to 7 Sunday) that count as business days; default 1 to 5. */
    businessDays: optional(Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { maxItems: 7 })),
    /** Days on which nobody works, YYYY-MM-DD. */
    holidays: optional(Type.Array(Type.String({ format: 'date' }), { maxItems: 1000 })),
    /** Which source wins a field: {field or "*": [source ids, first wins]}. */
    sourcePriority: optional(
      Type.Unsafe<Record<string, string[]>>({
        type: 'object',
        additionalProperties: {
          type: 'array',
          items: { type: 'string', maxLength: 200 },
          maxItems: 100,
        },
      }),
    ),
    /** Everything else, by the service that reads it: {"health": {...}, "renewals": {...}}. */
    settings: optional(freeFields),
  }),
  check: (data) => knownCurrency(data.currency) ?? knownTimeZone(data.timeZone),
});
export type TenantChanged = EventData<typeof tenantChanged>;

/** The subject of events about a tenant as a whole. */
export const tenantSubject = 'tenant';

/** The subject of events about one of its sources. */
export const sourceSubject = (sourceId: string): string => `source/${sourceId}`;
