import { Type } from 'typebox';
import { id, instant, optional } from './fields';
import { patterns } from './patterns';

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

/** JSON Schema of the envelope; `data` is the matter of the event's own schema. */
export const envelopeSchema = Type.Object({
  specversion: Type.Unsafe<'1.0'>({ type: 'string', enum: ['1.0'] }),
  id,
  source: text(500),
  type: Type.String({ pattern: patterns.eventType.form, maxLength: 100 }),
  subject: text(220),
  time: instant,
  tenantid: Type.String({ pattern: patterns.tenantId.form }),
  partitionkey: text(300),
  receivedat: instant,
  knownat: optional(instant),
  originaltime: optional(instant),
  senttime: optional(instant),
  sequence: optional(text(200)),
  traceparent: optional(text(100)),
  datacontenttype: Type.Unsafe<'application/json'>({ type: 'string', enum: ['application/json'] }),
  data: Type.Unsafe<Record<string, unknown>>({ type: 'object' }),
});
