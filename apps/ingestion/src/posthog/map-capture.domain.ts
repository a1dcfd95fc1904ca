import type { Statement } from '../directory/statement.domain';
import type { Arrival, Mapped, Refusal } from '../intake/candidate.domain';
import { isRefusal } from '../intake/candidate.domain';
import { readInstant } from '../intake/instant.domain';
import { userKey } from '../intake/reference.domain';
import { type CallKind, type Fields, fieldsOf, idOf } from '../segment/call.domain';
import { mapCall } from '../segment/map-call.domain';
import { type Groups, groupsOf, isAccountType } from './account-group.domain';

/** What every kind of event of PostHog's has. */
interface Capture {
  readonly event: string;
  readonly properties: Fields;
  readonly distinctId: string;
  readonly groups: Groups;
  /** The call of Segment's API that it is, but for its kind and content. */
  readonly call: Fields;
  readonly arrival: Arrival;
}

type Outcome = Mapped | Refusal;

const missing = (pointer: string, detail: string): Refusal => ({ code: 'missing-field', pointer, detail });

/** What the SDKs send by themselves, without anybody using anything. */
const ofMachines = ['$feature_flag_called', '$web_vitals', '$performance_event', '$exception'];
/** They have been read, or say nothing of what was done. */
const notKept = ['$groups', '$set', '$set_once', '$unset', 'token', 'distinct_id'];

/**
 * One event of PostHog's capture API as canonical events: `$identify` and `$set` → user.changed, `$create_alias` → the
 * link of two ids, `$groupidentify` → account.changed, everything else → usage.recorded (and user.changed where it has
 * `$set`). The account is the group in `$groups` that is a company, or of the kind that the source's settings name.
 */
export function mapCapture(item: Fields, arrival: Arrival, fallbackId: () => string): Outcome {
  const event = idOf(item['event']);
  if (event === undefined) return missing('/event', 'An event needs a name.');
  const properties = fieldsOf(item['properties']);
  const distinctId = idOf(item['distinct_id']) ?? idOf(properties['distinct_id']) ?? idOf(item['$distinct_id']);
  if (distinctId === undefined) return missing('/distinct_id', 'An event needs a distinct_id.');
  const groups = groupsOf(properties, arrival.accountProperty);
  const call = {
    messageId: idOf(item['uuid']) ?? idOf(properties['$insert_id']) ?? fallbackId(),
    timestamp: instantOf(item, properties),
    ...personOf(distinctId, properties),
    context: {
      groupId: groups.account,
      actorType: ofMachines.includes(event) ? 'service' : undefined,
      knownAt: item['knownAt'],
    },
  };
  const outcome = (mappers[event] ?? usage)({ event, properties, distinctId, groups, call, arrival });
  return isRefusal(outcome) ? { ...outcome, pointer: pointerInItem(outcome.pointer, groups) } : outcome;
}

function instantOf(item: Fields, properties: Fields): unknown {
  for (const value of [item['timestamp'], properties['$time'], properties['$timestamp']]) {
    if (readInstant(value) !== undefined) return value;
  }
  return undefined;
}

/** In a browser the device's id stands in until somebody is identified. */
function personOf(distinctId: string, { $device_id: device }: Fields): Fields {
  return device === distinctId ? { anonymousId: distinctId } : { userId: distinctId };
}

const mappers: Readonly<Record<string, (capture: Capture) => Outcome>> = {
  $identify(capture) {
    const anonymousId = idOf(capture.properties['$anon_distinct_id']);
    const call = { ...capture.call, userId: capture.distinctId, anonymousId, traits: traitsOf(capture.properties) };
    const outcome = as('identify', call, capture);
    if (isRefusal(outcome)) return outcome;
    return {
      ...outcome,
      statements: [...outcome.statements, ...earlierId(anonymousId, capture), ...member(outcome, capture)],
    };
  },
  $set: (capture) => {
    const outcome = as('identify', { ...capture.call, traits: traitsOf(capture.properties) }, capture);
    if (isRefusal(outcome)) return outcome;
    return { ...outcome, statements: [...outcome.statements, ...member(outcome, capture)] };
  },
  $create_alias(capture) {
    const previousId = idOf(capture.properties['alias']);
    if (previousId === undefined) return missing('/properties/alias', 'An alias needs the other id.');
    return as('alias', { ...capture.call, userId: capture.distinctId, previousId }, capture);
  },
  $groupidentify(capture) {
    const { properties, arrival, distinctId, call } = capture;
    const [type, key] = [idOf(properties['$group_type']), idOf(properties['$group_key'])];
    if (type === undefined) return missing('/properties/$group_type', 'A group needs its kind.');
    if (key === undefined) return missing('/properties/$group_key', 'A group needs its key.');
    if (!isAccountType(type, arrival.accountProperty)) {
      const detail = `Groups of kind ${type} are not accounts; the source's account property says which kind is.`;
      return { code: 'wrong-value', pointer: '/properties/$group_type', detail };
    }
    const group = { ...call, groupId: key, traits: fieldsOf(properties['$group_set']) };
    const outcome = as('group', group, capture);
    // The server SDKs make up a person for a call that is about the group alone.
    if (isRefusal(outcome) || distinctId !== `$${type}_${key}`) return outcome;
    return { events: [outcome.events[0]], statements: outcome.statements.filter(({ kind }) => kind === 'identity') };
  },
  $pageview: (capture) => as('page', { ...capture.call, properties: keptOf(capture.properties) }, capture),
  $screen: ({ properties, ...capture }) => {
    const name = idOf(properties['$screen_name']);
    return as('screen', { ...capture.call, name, properties: keptOf(properties) }, { ...capture, properties });
  },
};

function usage(capture: Capture): Outcome {
  const { event, properties, groups, call } = capture;
  const outcome = as('track', { ...call, event, properties: keptOf(properties) }, capture);
  if (isRefusal(outcome)) return outcome;
  const [first] = outcome.events;
  const done =
    Object.keys(groups.others).length === 0 ? first : { ...first, data: { ...first.data, groups: groups.others } };
  const traits = fieldsOf(properties['$set']);
  if (Object.keys(traits).length === 0) return { ...outcome, events: [done] };
  const person = as('identify', { ...call, messageId: `${first.id.slice(0, 180)}#user`, traits }, capture);
  if (isRefusal(person)) return person;
  return { events: [done, ...person.events], statements: [...outcome.statements, ...person.statements] };
}

function as(kind: CallKind, call: Fields, { arrival }: Capture): Outcome {
  return mapCall(kind, call, arrival, () => String(call['messageId']));
}

const traitsOf = (properties: Fields): Fields => ({
  ...fieldsOf(properties['$set_once']),
  ...fieldsOf(properties['$set']),
});

const keptOf = (properties: Fields): Fields =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => !notKept.includes(name)));

/** What came under the id from before was a user's to us: it counts for the same person. */
function earlierId(earlier: string | undefined, { distinctId }: Capture): Statement[] {
  if (earlier === undefined || earlier === distinctId) return [];
  return [{ kind: 'link', from: userKey(earlier), to: userKey(distinctId) }];
}

/** A person that is told of together with an account belongs there from then on. */
function member({ events }: Mapped, { distinctId }: Capture): Statement[] {
  const [{ accountId, timeMs }] = events;
  return accountId === undefined ? [] : [{ kind: 'membership', key: userKey(distinctId), accountId, sinceMs: timeMs }];
}

/** Where the sender finds the field that became this one. */
function pointerInItem(pointer: string, { accountType }: Groups): string {
  if (pointer === '/userId' || pointer === '/anonymousId') return '/distinct_id';
  if (pointer === '/messageId') return '/uuid';
  if (pointer === '/previousId') return '/properties/alias';
  if (pointer === '/groupId') return '/properties/$group_key';
  if (pointer === '/context/groupId') return `/properties/$groups/${accountType ?? ''}`;
  return pointer.startsWith('/traits') ? pointer.replace('/traits', '/properties/$set') : pointer;
}
