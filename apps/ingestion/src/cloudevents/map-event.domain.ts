import { accountNotNamed, eventByType, incidentChanged, isInstant, userChanged } from '@tenure/contracts';

import type { Membership, Statement } from '../directory/statement.domain';
import { firstIssue, identityIssue } from '../intake/candidate.domain';
import type { Arrival, Candidate, Mapped, Refusal } from '../intake/candidate.domain';
import { knownTime, plausible } from '../intake/instant.domain';
import { learnedFrom } from '../intake/learned.domain';
import { anonymousKey, domainKey, isUserKey, type ReferenceKey, refKey, userKey } from '../intake/reference.domain';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wrong = (code: string, pointer: string, detail: string): Refusal => ({ code, pointer, detail });

/**
 * One CloudEvent 1.0 (its attributes and `data` as one object) as canonical events. `tenantid`, `receivedat` and
 * `partitionkey` are ours whatever was sent; `source` is kept.
 */
export function mapEvent(event: unknown, arrival: Arrival): Mapped | Refusal {
  if (!isFields(event)) return wrong('wrong-type', '', 'A CloudEvent is a JSON object.');
  const attributes = readAttributes(event);
  if ('code' in attributes) return attributes;
  const data = trimmed(event['data'] as Fields);
  const issue = firstIssue([{ ...attributes, references: [], timeMs: 0, data }]) ?? accountNotNamed(data);
  if (issue) return { ...issue, pointer: `/data${issue.pointer}` };
  return mapped(event, attributes, data, arrival);
}

type Attributes = Pick<Candidate, 'definition' | 'id' | 'source'>;

function readAttributes(event: Fields): Attributes | Refusal {
  const { specversion, id, source, type } = event;
  if (specversion !== '1.0') return wrong('wrong-value', '/specversion', 'specversion must be 1.0.');
  if (typeof id !== 'string') return wrong('missing-field', '/id', 'id must be a text.');
  if (typeof source !== 'string') return wrong('missing-field', '/source', 'source must be a text.');
  const issue = identityIssue(id, '/id', 200) ?? identityIssue(source, '/source', 500);
  if (issue) return issue;
  if (typeof type !== 'string') return wrong('missing-field', '/type', 'type must be a text.');
  const definition = eventByType(type);
  if (definition?.direction !== 'input') return wrong('unknown-type', '/type', 'There is no input event of this type.');
  return contentIssue(event) ?? { definition, id, source };
}

const json = /^application\/([\w.-]+\+)?json\s*(;|$)/i;

function contentIssue({ datacontenttype, data, time, sequence, traceparent, ...rest }: Fields): Refusal | undefined {
  if (datacontenttype !== undefined && !(typeof datacontenttype === 'string' && json.test(datacontenttype))) {
    return wrong('wrong-value', '/datacontenttype', 'datacontenttype must be application/json.');
  }
  if (rest['data_base64'] !== undefined)
    return wrong('wrong-type', '/data_base64', 'Send data as JSON, not as base64.');
  if (!isFields(data))
    return wrong(data === undefined ? 'missing-field' : 'wrong-type', '/data', 'data must be an object.');
  if (time !== undefined && !(typeof time === 'string' && isInstant(time))) {
    return wrong('wrong-format', '/time', 'time must be an instant with its offset, like 2026-05-03T09:30:00Z.');
  }
  return textIssue(sequence, '/sequence', 200) ?? textIssue(traceparent, '/traceparent', 100);
}

function textIssue(value: unknown, pointer: string, longest: number): Refusal | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') return wrong('wrong-type', pointer, `${pointer.slice(1)} must be a text.`);
  return identityIssue(value, pointer, longest);
}

function mapped(event: Fields, attributes: Attributes, data: Fields, arrival: Arrival): Mapped {
  const sent = event['time'];
  const timeMs = typeof sent === 'string' ? plausible(Date.parse(sent), arrival.receivedMs) : arrival.receivedMs;
  const accountId = typeof data['accountId'] === 'string' ? data['accountId'] : undefined;
  const one: Candidate = {
    ...attributes,
    timeMs,
    ...(arrival.importing ? { knownMs: knownTime(event['knownat'], timeMs, arrival.receivedMs) } : {}),
    ...(typeof event['sequence'] === 'string' ? { sequence: event['sequence'] } : {}),
    ...(typeof event['traceparent'] === 'string' ? { traceparent: event['traceparent'] } : {}),
    ...(accountId === undefined ? {} : { accountId }),
    references: accountId === undefined ? referencesOf(data) : [],
    data: { ...data },
  };
  const events = one.definition.type === incidentChanged.type ? perAccount(one) : ([one] as const);
  return { events, statements: statementsOf(one) };
}

/** In the order of how surely they name the account. */
function referencesOf(data: Fields): ReferenceKey[] {
  const { accountRef, accountDomain, userId, anonymousId } = data;
  const keys: ReferenceKey[] = [];
  if (isFields(accountRef)) keys.push(refKey(String(accountRef['system']), String(accountRef['id'])));
  if (typeof accountDomain === 'string') keys.push(domainKey(accountDomain));
  if (typeof userId === 'string') keys.push(userKey(userId));
  else if (typeof anonymousId === 'string') keys.push(anonymousKey(anonymousId));
  return keys;
}

/**
 * An incident that touches several accounts stands on the topic once for each. One that is named by a reference, beside
 * those in the list, comes first: it may have to wait, the others need not.
 */
function perAccount(one: Candidate): readonly [Candidate, ...Candidate[]] {
  const listed = Array.isArray(one.data['accountIds']) ? (one.data['accountIds'] as string[]) : [];
  const references = one.references.filter((key) => !isUserKey(key));
  const named = one.accountId === undefined && references.length > 0 ? [{ ...one, references }] : [];
  const ids = [...new Set(one.accountId === undefined ? listed : [one.accountId, ...listed])];
  const touched = ids.map((accountId) => ({ ...one, accountId, references: [], data: { ...one.data, accountId } }));
  const [first, ...others] = [...named, ...touched];
  if (!first) return [one];
  return [first, ...others.map((each, at) => ({ ...each, id: `${one.id.slice(0, 190)}#${at + 1}` }))];
}

function statementsOf(one: Candidate): readonly Statement[] {
  if (one.accountId === undefined || one.definition.type !== userChanged.type) return learnedFrom(one);
  const membership: Membership = {
    kind: 'membership',
    key: userKey(String(one.data['userId'])),
    accountId: one.accountId,
    sinceMs: one.timeMs,
  };
  const { anonymousId, previousId } = one.data;
  const froms = [
    ...(typeof anonymousId === 'string' ? [anonymousKey(anonymousId)] : []),
    ...(typeof previousId === 'string' ? [userKey(previousId)] : []),
  ];
  const links = froms
    .filter((from) => from !== membership.key)
    .map((from): Statement => ({ kind: 'link', from, to: membership.key }));
  return [...links, membership, ...learnedFrom(one)];
}

/** Ids count without the blanks around them. */
function trimmed(data: Fields): Record<string, unknown> {
  const result: Record<string, unknown> = { ...data };
  for (const key of Object.keys(data)) {
    const value = data[key];
    if (typeof value === 'string' && (key.endsWith('Id') || key === 'accountDomain')) result[key] = value.trim();
  }
  const ref = data['accountRef'];
  if (isFields(ref)) result['accountRef'] = trimmedTexts(ref);
  return result;
}

function trimmedTexts(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, each]) => [key, typeof each === 'string' ? each.trim() : each]),
  );
}
