import { Type, type TSchema } from 'typebox';
import { patterns } from './patterns';

/*
 * The building blocks of the event schemas. Bounds are generous: they stop abuse and rows that cannot be stored, they
 * do not judge content. Every block is plain JSON Schema (draft 2020-12), so that the released copy stands by itself.
 */

const SINGLE_TYPES = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array']);

/** The same schema that also takes null. Written as a list of types, not as a union, because its errors name the field. */
export function nullable<S extends TSchema>(schema: S) {
  const plain: Record<string, unknown> = { ...(schema as object) };
  if (Array.isArray(plain['enum'])) plain['enum'] = [...(plain['enum'] as unknown[]), null];
  const type = plain['type'];
  if (typeof type === 'string' && SINGLE_TYPES.has(type)) plain['type'] = [type, 'null'];
  else if (Array.isArray(type)) plain['type'] = [...(type as string[]), 'null'];
  return Type.Unsafe<Type.Static<S> | null>(plain);
}

/** An optional field of a fact: absent or a value. */
export const optional = <S extends TSchema>(schema: S) => Type.Optional(schema);

/** An optional field of a state event: absent keeps what is known, null clears it. */
export const clearable = <S extends TSchema>(schema: S) => Type.Optional(nullable(schema));

/** One word of a closed list. */
export const oneOf = <const W extends readonly string[]>(words: W) =>
  Type.Unsafe<W[number]>({ type: 'string', enum: [...words] });

/** An id of anyone's system: 1 to 200 characters without blanks at either end, case-sensitive. */
export const id = Type.Unsafe<string>({ type: 'string', minLength: 1, maxLength: 200, pattern: patterns.id.form });

/** A short label: a name, a title, an event name. */
export const label = Type.String({ minLength: 1, maxLength: 500 });

/** A short label that may be empty, as CRMs send it. */
export const line = Type.String({ maxLength: 500 });

/** Prose: a comment, a summary. */
export const prose = Type.String({ maxLength: 10_000 });

export const email = Type.String({ maxLength: 320, pattern: patterns.email.form });

/** Only http and https: the console shows it as a link. */
export const url = Type.String({ maxLength: 2048, pattern: patterns.url.form });

/** An instant by RFC 3339, with its offset. */
export const instant = Type.String({ format: 'date-time', maxLength: 40 });

/** A calendar day, YYYY-MM-DD. */
export const day = Type.String({ format: 'date' });

/** An ISO 4217 code. The list of codes is checked beside the schema, because it changes without us. */
export const currency = Type.String({ pattern: patterns.currency.form });

/** Money in major units. Its decimals are checked against the currency beside the schema. */
export const money = Type.Number({ minimum: -999_999_999_999, maximum: 999_999_999_999 });

/** Money that cannot be negative. */
export const amountFromZero = Type.Number({ minimum: 0, maximum: 999_999_999_999 });

export const count = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });

/** A counter that grows with every change of one thing. */
export const version = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

/** A share from 0 to 1. */
export const share = Type.Number({ minimum: 0, maximum: 1 });

/** How somebody feels, from −1 to 1. */
export const sentiment = Type.Number({ minimum: -1, maximum: 1 });

export const score = Type.Number({ minimum: 0, maximum: 100 });

export const tags = Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 200 });

export const ids = Type.Array(id, { maxItems: 1000 });

/** {system: id}, for instance {"salesforce": "0015g00000XyZ12AAB"}. */
export const idsBySystem = Type.Unsafe<Record<string, string>>({
  type: 'object',
  additionalProperties: id,
  propertyNames: { minLength: 1, maxLength: 100 },
  maxProperties: 50,
});

/** Free fields of the sender, kept as they are. */
export const freeFields = Type.Unsafe<Record<string, unknown>>({ type: 'object', maxProperties: 500 });

/** Somebody of the tenant, as far as known: a team lists people by e-mail, a session knows all three. */
export const person = Type.Object({ id: nullable(id), name: nullable(line), email: nullable(email) });

/** Fields by which an event names its account. `accountId` is always there on a topic; ingestion takes the other two. */
export const accountNaming = {
  accountId: id,
  accountRef: optional(Type.Object({ system: Type.String({ minLength: 1, maxLength: 100 }), id })),
  accountDomain: optional(Type.String({ minLength: 3, maxLength: 253, pattern: patterns.domain.form })),
};

/** Fields that every state event may carry. */
export const stateMarks = {
  /** When the sender's own system changed it; defaults to the envelope's time. */
  sourceUpdatedAt: clearable(instant),
  /** True: the event holds everything known, fields it leaves out are cleared. */
  snapshot: optional(Type.Boolean()),
};
