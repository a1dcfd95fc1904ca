import {
  type Envelope,
  healthScoreChanged,
  type HealthScoreChanged,
  type Renewal,
  type RiskAlert,
  type Severity,
  type TimelineKind,
} from '@tenure/contracts';
import { accountTitles, contractTitle, invoiceTitle, type Said } from './commercial-titles.domain';
import { stakeholderTitle, surveyTitle, ticketTitle, touchpointTitle } from './people-titles.domain';

type Data = Readonly<Record<string, unknown>>;

/** A line of an account's timeline. `itemId` comes from the event, so that the same event makes the same line again. */
export interface TimelineEntry {
  readonly tenantId: string;
  readonly accountId: string;
  readonly itemId: string;
  /** When it happened, ISO 8601. */
  readonly at: string;
  readonly kind: TimelineKind;
  readonly title: string;
  readonly detail: string | null;
  readonly severity: Severity | null;
  readonly link: string | null;
}

/** A thing of an account that a batch changed, as the platform's fold tells it. */
export interface ChangedThing {
  readonly tenantId: string;
  readonly accountId: string;
  readonly entity: string;
  readonly entityId: string;
  readonly before: Data | null;
  readonly events: readonly Envelope[];
}

type Titles = (data: Data, before: Data | null) => readonly Said[];

const one =
  (say: (data: Data, before: Data | null) => Said | null): Titles =>
  (data, before) => {
    const said = say(data, before);
    return said ? [said] : [];
  };

/** What is worth a line, by kind of thing; things that are not here leave none. */
const speakers: Readonly<Record<string, readonly [TimelineKind, Titles]>> = {
  account: ['account', accountTitles],
  ticket: ['ticket', one(ticketTitle)],
  stakeholder: ['stakeholder', one(stakeholderTitle)],
  contract: ['contract', one(contractTitle)],
  'survey-response': ['survey', one(surveyTitle)],
  touchpoint: ['touchpoint', one(touchpointTitle)],
  invoice: ['invoice', one(invoiceTitle)],
};

/** The lines of the events that changed one thing, each against what was known before it. */
export function timelineOf(changed: ChangedThing): TimelineEntry[] {
  const speaker = speakers[changed.entity];
  if (!speaker) return [];
  const [kind, titles] = speaker;
  let before = changed.before;
  return changed.events.flatMap((event) => {
    const data = event.data as Data;
    const said = titles(data, before);
    before = { ...before, ...data };
    return said.map((each, at) => entry(event, changed.accountId, kind, each, at));
  });
}

function entry(event: Envelope, accountId: string, kind: TimelineKind, said: Said, at: number): TimelineEntry {
  const data = event.data as Data;
  const started = kind === 'touchpoint' && typeof data['startAt'] === 'string' ? data['startAt'] : event.time;
  return {
    tenantId: event.tenantid,
    accountId,
    itemId: `${kind}:${event.source}:${event.id}${at === 0 ? '' : `:${at}`}`,
    at: new Date(started).toISOString(),
    kind,
    title: said.title,
    detail: said.detail ?? null,
    severity: null,
    link: typeof data['url'] === 'string' ? data['url'] : null,
  };
}

const alertVerbs: Readonly<Record<RiskAlert['change'], string>> = {
  opened: 'Risk alert',
  escalated: 'Got worse',
  'de-escalated': 'Got better',
  acknowledged: 'Acknowledged',
  snoozed: 'Snoozed',
  resolved: 'Resolved',
  reassigned: 'Reassigned',
};

export function alertEntry(event: Envelope<RiskAlert>): TimelineEntry {
  const { alertId, version, change, signal, severity, summary, updatedAt } = event.data;
  return {
    tenantId: event.tenantid,
    accountId: event.subject,
    itemId: `alert:${alertId}:${version}`,
    at: new Date(updatedAt).toISOString(),
    kind: 'alert',
    title: `${alertVerbs[change]}: ${signal.replaceAll('-', ' ')}`,
    detail: summary,
    severity,
    link: `/alerts?alert=${encodeURIComponent(alertId)}`,
  };
}

/** A change of band; a score that only moves inside its band is on the chart, not here. */
export function scoreEntry(event: Envelope<HealthScoreChanged>, bandBefore: string): TimelineEntry {
  const { version, score, band, trend, asOf } = event.data;
  const moved =
    trend === null || trend === 0 ? '' : `, ${trend > 0 ? '+' : '−'}${Math.abs(Math.round(trend))} in 28 days`;
  return {
    tenantId: event.tenantid,
    accountId: event.subject,
    itemId: `${healthScoreChanged.topic.name}:${version}`,
    at: new Date(asOf).toISOString(),
    kind: 'score',
    title: `Health went from ${bandBefore} to ${band}`,
    detail: score === null ? null : `Score ${Math.round(score)}${moved}`,
    severity: null,
    link: null,
  };
}

/** A renewal that was opened or closed, or whose category changed. */
export function renewalEntry(event: Envelope<Renewal>): TimelineEntry | null {
  const { renewalId, version, change, decisionDate, category, outcome, why } = event.data;
  if (change === 'changed') return null;
  const title = change === 'opened' ? `Renewal opened for ${decisionDate}` : `Renewal ${outcome ?? 'closed'}`;
  return {
    tenantId: event.tenantid,
    accountId: event.subject,
    itemId: `renewal:${renewalId}:${version}`,
    at: new Date(event.time).toISOString(),
    kind: 'contract',
    title,
    detail: why ?? `Category ${category.replaceAll('-', ' ')}`,
    severity: null,
    link: `/renewals?accountId=${encodeURIComponent(event.subject)}`,
  };
}

export function mergeEntry(event: Envelope, into: string, name: unknown): TimelineEntry {
  const known = typeof name === 'string' ? `${name} (${event.subject})` : event.subject;
  return entry({ ...event, data: {} }, into, 'account', { title: `${known} was merged into this account` }, 0);
}
