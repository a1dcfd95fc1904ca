import type { Static, TSchema } from 'typebox';
import type { Topic } from './topics';

declare const dataType: unique symbol;

/** Why a field was refused. The list is closed: receipts, metrics and dead letters group by it. */
export const issueCodes = [
  'missing-field',
  'account-not-named',
  'wrong-type',
  'wrong-value',
  'wrong-format',
  'out-of-range',
  'empty',
  'too-long',
  'too-many-items',
  'too-many-decimals',
  'too-deep',
  'unstorable-text',
] as const;
export type IssueCode = (typeof issueCodes)[number];

/** What is wrong with a message: `pointer` is a JSON pointer from the validated value, `detail` a sentence for its sender. */
export interface Issue {
  readonly code: IssueCode;
  readonly pointer: string;
  readonly detail: string;
}

/** The things whose state is kept field by field from state events. */
export type EntityName =
  | 'account'
  | 'user'
  | 'stakeholder'
  | 'ticket'
  | 'contract'
  | 'invoice'
  | 'survey-response'
  | 'touchpoint'
  | 'metric'
  | 'incident';

/** One event of the published language: everything that producer and consumer must agree on, in one value. */
export interface EventDefinition<T = unknown> {
  /** `tenure.<entity>.<past tense>.v<major>` */
  readonly type: string;
  readonly topic: Topic;
  /** JSON Schema (draft 2020-12) of `data` as it stands on the topic. */
  readonly schema: TSchema;
  /** `input`: sent by the tenant's systems. `output`: published by the services. */
  readonly direction: 'input' | 'output';
  /** Of state events: the thing whose state it tells, and that thing's id inside its account. */
  readonly entity?: EntityName;
  entityId?(data: T): string;
  /** What a schema cannot say. Called only with data that the schema accepts. */
  check?(data: T): Issue | null;
  readonly [dataType]?: T;
}

/** The data of a definition: `EventData<typeof usageRecorded>`. */
export type EventData<D> = D extends { readonly [dataType]?: infer T } ? Exclude<T, undefined> : never;

interface Parts<S extends TSchema> {
  type: string;
  topic: Topic;
  schema: S;
  direction?: 'input' | 'output';
  entity?: EntityName;
  entityId?(data: Static<S>): string;
  check?(data: Static<S>): Issue | null;
}

/** Binds type, topic, schema and checks of an event. Events are `output` unless they say otherwise. */
export function defineEvent<S extends TSchema>(parts: Parts<S>): EventDefinition<Static<S>> {
  return Object.freeze({ direction: 'output', ...parts });
}
