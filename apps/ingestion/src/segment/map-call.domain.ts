import { accountChanged, actorTypes, environments, usageRecorded, userChanged } from '@tenure/contracts';

import type { Statement } from '../directory/statement.domain';
import type { Arrival, Candidate, Mapped, Refusal } from '../intake/candidate.domain';
import { firstIssue, identityIssue } from '../intake/candidate.domain';
import { learnedFrom } from '../intake/learned.domain';
import { correctedTime, isTellable, knownTime, readInstant } from '../intake/instant.domain';
import { anonymousKey, type ReferenceKey, userKey } from '../intake/reference.domain';
import { type CallKind, type Fields, fieldsOf, idOf } from './call.domain';
import { accountFromTraits, userFromTraits } from './traits.domain';

/** The parts of a call that every kind has. */
interface Who {
  readonly userId: string | undefined;
  readonly anonymousId: string | undefined;
  readonly accountId: string | undefined;
  readonly accountPointer: string;
  readonly context: Fields;
}

/** What all events of one call share. */
type Frame = Omit<Candidate, 'definition' | 'data'>;

const missing = (pointer: string, detail: string): Refusal => ({ code: 'missing-field', pointer, detail });

/**
 * One Segment call as canonical events: track, page and screen → usage.recorded; identify and alias → user.changed;
 * group → account.changed and user.changed, and the membership. The account is `context.groupId`, else `groupId`,
 * else where the user belonged at the call's time.
 * @param fallbackId identity of a call without `messageId`
 */
export function mapCall(kind: CallKind, call: Fields, arrival: Arrival, fallbackId: () => string): Mapped | Refusal {
  const who = readWho(call);
  if (who.userId === undefined && who.anonymousId === undefined) {
    return missing('/userId', 'A call needs a userId or an anonymousId.');
  }
  const id = idOf(call['messageId']) ?? fallbackId();
  const issue = identityIssue(id, '/messageId', 190);
  if (issue) return issue;
  const mapped = mappers[kind](call, who, frameOf(id, call, who, arrival));
  if ('code' in mapped) return mapped;
  const wrong = firstIssue(mapped.events);
  if (wrong) return { ...wrong, pointer: pointerInCall(kind, wrong.pointer, who) };
  // Only now: what is learned becomes keys, and text that cannot be stored cannot be one.
  const learned = mapped.events.flatMap(learnedFrom);
  return learned.length === 0 ? mapped : { ...mapped, statements: [...mapped.statements, ...learned] };
}

function readWho(call: Fields): Who {
  const context = fieldsOf(call['context']);
  const inContext = idOf(context['groupId']);
  return {
    userId: idOf(call['userId']),
    anonymousId: idOf(call['anonymousId']),
    accountId: inContext ?? idOf(call['groupId']),
    accountPointer: inContext === undefined ? '/groupId' : '/context/groupId',
    context,
  };
}

function frameOf(id: string, call: Fields, who: Who, arrival: Arrival): Frame {
  const original = readInstant(call['originalTimestamp'] ?? call['timestamp']);
  const sent = sentInstant(arrival.shared?.['sentAt'] ?? call['sentAt']);
  const timeMs = correctedTime({ original, sent }, arrival.receivedMs);
  // Every field of every frame, in this order: objects of one shape are what the engine is fast with.
  return {
    id,
    source: `/sources/${arrival.sourceId}`,
    timeMs,
    knownMs: arrival.importing ? knownTime(who.context['knownAt'], timeMs, arrival.receivedMs) : undefined,
    originalMs: isTellable(original) ? original : undefined,
    sentMs: isTellable(sent) ? sent : undefined,
    accountId: who.accountId,
    references: who.accountId === undefined ? [keyOf(who)] : noReferences,
    otherwiseAccountId: otherwise(call, who, arrival.accountProperty),
  };
}

const noReferences: readonly ReferenceKey[] = [];
let lastSent: { readonly value: unknown; readonly ms: number | undefined } = { value: undefined, ms: undefined };

/** The calls of a batch were sent at the same moment: it is read once. */
function sentInstant(value: unknown): number | undefined {
  if (lastSent.value !== value) lastSent = { value, ms: readInstant(value) };
  return lastSent.ms;
}

/** The account that a property or a trait names, where the source has one set. */
function otherwise(call: Fields, who: Who, property: string | undefined): string | undefined {
  if (property === undefined || who.accountId !== undefined) return undefined;
  for (const holder of [call['properties'], call['traits'], who.context['traits'], who.context]) {
    const id = idOf(valueAt(fieldsOf(holder), property));
    if (id !== undefined && identityIssue(id, '/accountId', 200) === undefined) return id;
  }
  return undefined;
}

/** A name with points in it is the field of that name, or else a path. */
function valueAt(fields: Fields, path: string): unknown {
  if (Object.hasOwn(fields, path)) return fields[path];
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0 || !Object.hasOwn(fields, first)) return undefined;
  return valueAt(fieldsOf(fields[first]), rest.join('.'));
}

/** The user's key; the anonymous id stands in until there is a user, and is linked to them then. */
function keyOf(who: Pick<Who, 'userId' | 'anonymousId'>): ReferenceKey {
  return who.userId === undefined ? anonymousKey(who.anonymousId ?? '') : userKey(who.userId);
}

type Mapper = (call: Fields, who: Who, frame: Frame) => Mapped | Refusal;

const mappers: Readonly<Record<CallKind, Mapper>> = {
  track(call, who, frame) {
    const event = call['event'];
    if (typeof event !== 'string' || event.trim() === '') return missing('/event', 'A track call needs an event name.');
    return usage(event, call, who, frame);
  },
  page: (call, who, frame) => usage(viewed(call, 'Page'), call, who, frame, 'page'),
  screen: (call, who, frame) => usage(viewed(call, 'Screen'), call, who, frame, 'screen'),
  identify(call, who, frame) {
    const event = user(who, frame, userFromTraits(fieldsOf(call['traits'])));
    return { events: [event], statements: links(who) };
  },
  alias(call, who, frame) {
    const previousId = idOf(call['previousId']);
    if (previousId === undefined) return missing('/previousId', 'An alias call needs a previousId.');
    if (who.userId === undefined) return missing('/userId', 'An alias call needs a userId.');
    const to = userKey(who.userId);
    const froms = previousId === who.userId ? [] : [userKey(previousId), anonymousKey(previousId)];
    const aliases = froms.map((from): Statement => ({ kind: 'link', from, to }));
    return { events: [user(who, frame, { previousId })], statements: [...aliases, ...links(who)] };
  },
  group(call, who, frame) {
    const accountId = idOf(call['groupId']);
    if (accountId === undefined) return missing('/groupId', 'A group call needs a groupId.');
    const here = { ...frame, accountId, references: [] };
    const account = {
      ...here,
      definition: accountChanged,
      data: { accountId, ...accountFromTraits(fieldsOf(call['traits'])) },
    };
    const member = user(who, { ...here, id: `${frame.id}#user` }, {});
    const membership: Statement = { kind: 'membership', key: keyOf(who), accountId, sinceMs: frame.timeMs };
    return { events: [account, member], statements: [...links(who), membership] };
  },
};

function usage(event: string, call: Fields, who: Who, frame: Frame, viewedAs?: string): Mapped {
  const { context } = who;
  const data: Record<string, unknown> = { ...naming(who, frame), event: event.trim() };
  if (call['properties'] !== undefined && call['properties'] !== null) data['properties'] = call['properties'];
  if (typeof context['product'] === 'string' && context['product'] !== '') data['product'] = context['product'].trim();
  if (environments.includes(context['environment'] as never)) data['environment'] = context['environment'];
  if (actorTypes.includes(context['actorType'] as never)) data['actorType'] = context['actorType'];
  if (viewedAs !== undefined) data['call'] = viewedAs;
  return { events: [{ ...frame, definition: usageRecorded, data }], statements: [] };
}

/** `Viewed Pricing Page`: the name that Segment's own destinations give a page or screen call. */
function viewed(call: Fields, what: string): string {
  const name = idOf(call['name']) ?? idOf(fieldsOf(call['properties'])['name']);
  return name === undefined ? `Viewed ${what}` : `Viewed ${name} ${what}`;
}

function user(who: Who, frame: Frame, fields: Record<string, unknown>): Candidate {
  // A person who is not signed in yet is known by the anonymous id alone, until a link names the user.
  const userId = who.userId ?? who.anonymousId;
  return { ...frame, definition: userChanged, data: { ...naming(who, frame), userId, ...fields } };
}

function naming(who: Who, frame: Frame): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  if (frame.accountId !== undefined) data['accountId'] = frame.accountId;
  if (who.userId !== undefined) data['userId'] = who.userId;
  if (who.anonymousId !== undefined) data['anonymousId'] = who.anonymousId;
  return data;
}

function links(who: Who): Statement[] {
  if (who.userId === undefined || who.anonymousId === undefined) return [];
  return [{ kind: 'link', from: anonymousKey(who.anonymousId), to: userKey(who.userId) }];
}

/** Where the sender finds the field that became this one. */
function pointerInCall(kind: CallKind, pointer: string, who: Who): string {
  if (pointer === '/accountId') return kind === 'group' ? '/groupId' : who.accountPointer;
  if (pointer === '/event' && kind !== 'track') return '/name';
  if (/^\/(userId|anonymousId|previousId|event|properties|traits)(\/|$)/.test(pointer)) return pointer;
  if (/^\/(product|environment|actorType)$/.test(pointer)) return `/context${pointer}`;
  return `/traits${pointer.replace(/^\/attributes/, '')}`;
}
