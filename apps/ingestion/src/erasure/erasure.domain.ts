import { type ErasureIdentifierKind, type Topic, topics } from '@tenure/contracts';

/** The services that keep data of accounts and people. */
export const erasingServices = ['ingestion', 'health', 'renewals', 'notifications', 'reporting'] as const;

/** Everything that a person is known by. */
export interface PersonToErase {
  readonly userIds: readonly string[];
  readonly stakeholderIds: readonly string[];
  readonly emails: readonly string[];
  readonly names: readonly string[];
  readonly otherIds: readonly string[];
}

export interface Identifier {
  readonly kind: ErasureIdentifierKind;
  readonly text: string;
}

/** What is looked for; the same text of one kind once. */
export function identifiersOf(person: PersonToErase): Identifier[] {
  const all: readonly (readonly [ErasureIdentifierKind, readonly string[]])[] = [
    ['user', person.userIds],
    ['stakeholder', person.stakeholderIds],
    ['email', person.emails],
    ['name', person.names],
    ['other', person.otherIds],
  ];
  return all.flatMap(([kind, texts]) => [...new Set(texts.map((text) => text.trim()))].map((text) => ({ kind, text })));
}

/** What cannot be looked for without harming others; its place in the request. */
export function unsafe(person: PersonToErase): { readonly pointer: string; readonly detail: string } | undefined {
  const one = person.names.findIndex((name) => name.trim().split(/\s+/).length < 2);
  if (one >= 0) {
    const detail = 'A name needs at least two words: a single one is other people’s too, and stands in any text.';
    return { pointer: `/names/${one}`, detail };
  }
  const short = person.otherIds.findIndex((id) => id.trim().length < 6);
  if (short < 0) return undefined;
  return { pointer: `/otherIds/${short}`, detail: 'Such an id needs at least 6 characters to be found safely.' };
}

/** What Kafka still holds after the databases have been swept. */
export interface LogCopy {
  readonly topic: string;
  /** When its last copy has left by retention; null: it is kept for ever, and every fold of it leaves the person out. */
  readonly goneAt: string | null;
}

const carriers: readonly Topic[] = [
  topics.usageEvents,
  topics.rejectedEvents,
  topics.heldEvents,
  topics.erasures,
  topics.userChanges,
  topics.stakeholderChanges,
  topics.ticketEvents,
  topics.surveyResponses,
  topics.touchpointEvents,
  topics.accountChanges,
  topics.contractChanges,
  topics.billingEvents,
  topics.metricReadings,
  topics.riskAlerts,
];

export function logCopies(requestedAt: Date): LogCopy[] {
  return carriers.map(({ name, retentionMs }) => ({
    topic: name,
    goneAt: retentionMs < 0 ? null : new Date(requestedAt.getTime() + retentionMs).toISOString(),
  }));
}
