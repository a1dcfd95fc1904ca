import {
  accountChanged,
  accountKinds,
  accountStages,
  actorTypes,
  contractChanged,
  contractLineKinds,
  contractStatuses,
  environments,
  invoiceChanged,
  invoiceStatuses,
  stakeholderChanged,
  stakeholderChanges,
  surveyKinds,
  surveyResponded,
  ticketChanged,
  ticketChanges,
  ticketKinds,
  ticketPriorities,
  ticketStatuses,
  touchpointKinds,
  touchpointOutcomes,
  touchpointPurposes,
  touchpointRecorded,
  usageRecorded,
  userChanged,
  userKinds,
} from '@tenure/contracts';

import type { FieldGroup, ImportField, ImportKind, ImportShape } from './import-field.domain';

const text = (name: string, ...also: string[]): ImportField => ({ name, type: 'text', also });
const number = (name: string, ...also: string[]): ImportField => ({ name, type: 'number', also });
const whole = (name: string, ...also: string[]): ImportField => ({ name, type: 'integer', also });
const yes = (name: string, ...also: string[]): ImportField => ({ name, type: 'boolean', also });
const list = (name: string, ...also: string[]): ImportField => ({ name, type: 'list', also });
const day = (name: string, ...also: string[]): ImportField => ({ name, type: 'day', also });
const time = (name: string, ...also: string[]): ImportField => ({ name, type: 'time', also });
const word = (name: string, words: readonly string[], ...also: string[]): ImportField => ({
  name,
  type: 'word',
  words,
  also,
});
const needed = (field: ImportField): ImportField => ({ ...field, required: true });

const accountNames = [
  'account',
  'customer id',
  'company id',
  'organization id',
  'organisation id',
  'org id',
  'group id',
];

/** What names the account of a row, when it was so, and when that was known. */
const common = (...timeNames: string[]): readonly ImportField[] => [
  text('accountId', ...accountNames),
  text('accountDomain', 'domain', 'company domain', 'website'),
  time('time', 'timestamp', 'occurred at', 'updated at', 'modified at', 'last modified', 'date', ...timeNames),
  time('knownAt', 'known at', 'recorded at', 'loaded at'),
];

const email = (name = 'email', ...also: string[]): ImportField =>
  text(name, 'e-mail', 'email address', 'mail', ...also);

const accounts: readonly ImportField[] = [
  needed(text('accountId', 'id', ...accountNames)),
  text('name', 'account name', 'company', 'company name', 'customer', 'customer name', 'organization'),
  word('kind', accountKinds, 'type', 'account type'),
  text('segment', 'tier'),
  text('parentId', 'parent', 'parent account', 'parent account id'),
  word('stage', accountStages, 'lifecycle stage', 'lifecycle'),
  number('arr', 'annual recurring revenue', 'acv', 'contract value'),
  text('currency', 'currency code', 'currency iso code'),
  text('timeZone', 'timezone', 'tz'),
  text('country', 'billing country', 'country code'),
  text('industry', 'sector'),
  text('plan', 'package', 'edition', 'subscription plan'),
  list('domains', 'domain', 'website', 'web site'),
  list('tags', 'labels'),
  text('csm', 'owner', 'csm email', 'owner email', 'account owner'),
  ...common('created at', 'created date').filter((field) => field.name === 'time' || field.name === 'knownAt'),
];

const users: readonly ImportField[] = [
  needed(text('userId', 'id', 'user', 'uid')),
  email(),
  text('name', 'full name', 'user name'),
  text('title', 'job title'),
  text('department', 'team'),
  text('role', 'user role'),
  yes('licensed', 'seat', 'has licence', 'has license'),
  yes('active', 'is active', 'enabled'),
  word('kind', userKinds, 'type', 'user type'),
  time('createdAt', 'created', 'created date', 'signed up', 'signup date'),
  text('previousId'),
  ...common(),
];

const stakeholders: readonly ImportField[] = [
  text('stakeholderId', 'id', 'contact id'),
  needed(text('name', 'full name', 'contact', 'contact name')),
  email(),
  text('userId', 'user', 'user id'),
  text('title', 'job title'),
  list('roles', 'role', 'buying role'),
  number('influence'),
  number('sentiment'),
  text('reportsTo', 'manager', 'manager id'),
  yes('optedOut', 'opted out', 'do not contact', 'unsubscribed'),
  word('change', stakeholderChanges),
  ...common(),
];

const contracts: readonly ImportField[] = [
  needed(text('contractId', 'id', 'contract', 'contract number', 'subscription id', 'agreement id')),
  word('status', contractStatuses, 'state', 'contract status'),
  needed(day('start', 'start date', 'contract start', 'starts', 'begin')),
  needed(day('end', 'end date', 'contract end', 'ends', 'expiry', 'expiration date')),
  needed(text('currency', 'currency code')),
  text('lineId', 'line', 'line item id'),
  text('product', 'product name', 'sku', 'item'),
  word('lineKind', contractLineKinds, 'kind', 'line type', 'charge type'),
  text('metric', 'unit'),
  number('quantity', 'seats', 'licences', 'licenses'),
  needed(number('arr', 'annual recurring revenue', 'acv', 'annual value', 'amount')),
  day('lineStart', 'line start date'),
  day('lineEnd', 'line end date'),
  time('signedAt', 'signed', 'signed date', 'signature date', 'closed date'),
  time('noticeGivenAt', 'notice given', 'notice date'),
  time('effectiveAt', 'effective date'),
  yes('evergreen'),
  text('billingPeriod', 'billing frequency', 'billing cycle'),
  yes('autoRenew', 'auto renew', 'auto renewal', 'automatic renewal'),
  whole('noticeDays', 'notice period', 'notice period days'),
  list('replacesContractIds', 'replaces'),
  list('coversAccountIds', 'covers'),
  text('reasonCode', 'reason code'),
  text('reason'),
  text('crmOpportunityId', 'opportunity', 'opportunity id'),
  ...common(),
];

const usage: readonly ImportField[] = [
  text('id', 'event id', 'message id', 'uuid'),
  needed(text('event', 'event name', 'action', 'activity', 'name')),
  ...common('day', 'event time', 'created at', 'received at').map((each) =>
    each.name === 'time' ? needed(each) : each,
  ),
  text('userId', 'user', 'uid', 'distinct id'),
  text('anonymousId'),
  text('product', 'app', 'module'),
  number('quantity', 'count', 'value', 'times'),
  word('environment', environments, 'env'),
  word('actorType', actorTypes, 'actor type'),
];

const tickets: readonly ImportField[] = [
  needed(text('ticketId', 'id', 'ticket', 'ticket number', 'case number', 'case id', 'key')),
  needed(word('status', ticketStatuses, 'state')),
  word('priority', ticketPriorities, 'urgency'),
  word('change', ticketChanges),
  word('kind', ticketKinds, 'type', 'ticket type'),
  text('subject', 'title', 'summary'),
  text('requesterId', 'requester'),
  email('requesterEmail', 'requester email', 'email'),
  text('product', 'component'),
  list('tags', 'labels'),
  number('sentiment'),
  number('csat', 'satisfaction', 'satisfaction score'),
  whole('replyCount', 'replies'),
  whole('reopenCount', 'reopens'),
  time('slaDueAt', 'sla due', 'due'),
  time('openedAt', 'opened', 'created', 'created at', 'created date'),
  time('firstResponseAt', 'first response', 'first reply'),
  time('solvedAt', 'solved', 'resolved', 'resolved at', 'closed at'),
  text('url', 'link'),
  ...common(),
];

const surveys: readonly ImportField[] = [
  text('responseId', 'id', 'response'),
  text('surveyId', 'survey'),
  word('kind', surveyKinds, 'type', 'survey type'),
  needed(number('score', 'rating', 'nps', 'answer')),
  { ...number('scaleMin'), at: 'scale/min' },
  { ...number('scaleMax'), at: 'scale/max' },
  text('userId', 'user', 'user id'),
  text('stakeholderId', 'contact id'),
  email(),
  text('ticketId', 'ticket'),
  text('comment', 'feedback', 'text', 'reason'),
  ...common('responded at', 'answered at', 'submitted at', 'created at').map((each) =>
    each.name === 'time' ? needed(each) : each,
  ),
];

const touchpoints: readonly ImportField[] = [
  text('touchpointId', 'id', 'meeting id', 'activity id'),
  needed(word('kind', touchpointKinds, 'type', 'activity type')),
  word('purpose', touchpointPurposes),
  word('direction', ['in', 'out']),
  word('outcome', touchpointOutcomes, 'status'),
  needed(time('startAt', 'start', 'starts', 'start time', 'date', 'when')),
  time('endAt', 'end', 'end time'),
  list('attendees', 'participants', 'attendee emails'),
  text('host', 'organizer', 'organiser'),
  yes('oneToMany'),
  number('sentiment'),
  text('subject', 'title'),
  text('url', 'link'),
  ...common().map((each) => (each.name === 'time' ? { ...each, also: ['updated at', 'modified at'] } : each)),
];

const invoices: readonly ImportField[] = [
  needed(text('invoiceId', 'id', 'invoice', 'invoice number', 'number')),
  text('contractId', 'contract', 'subscription id'),
  needed(word('status', invoiceStatuses, 'state')),
  needed(number('amount', 'total', 'amount due')),
  needed(text('currency', 'currency code')),
  needed(time('dueAt', 'due', 'due date')),
  time('paidAt', 'paid', 'paid date'),
  ...common('issued at', 'invoice date', 'created at'),
];

const shape = (
  kind: ImportKind,
  { type }: { type: string },
  fields: readonly ImportField[],
  ...groups: FieldGroup[]
): ImportShape => ({ kind, type, fields, groups: kind === 'accounts' ? groups : ['accountRef', ...groups] });

const shapes: Readonly<Record<ImportKind, ImportShape>> = {
  accounts: shape('accounts', accountChanged, accounts, 'externalIds', 'attributes'),
  contracts: shape('contracts', contractChanged, contracts),
  stakeholders: shape('stakeholders', stakeholderChanged, stakeholders, 'externalIds'),
  users: shape('users', userChanged, users, 'traits'),
  usage: shape('usage', usageRecorded, usage, 'properties', 'groups'),
  tickets: shape('tickets', ticketChanged, tickets),
  surveys: shape('surveys', surveyResponded, surveys),
  touchpoints: shape('touchpoints', touchpointRecorded, touchpoints),
  invoices: shape('invoices', invoiceChanged, invoices),
};

/** What a file of this kind becomes. */
export const shapeOf = (kind: ImportKind): ImportShape => shapes[kind];
