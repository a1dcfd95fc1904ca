import { severities, type AlertStatus, type Severity } from '@tenure/contracts';
import { moneyOf, signalName } from '../channels/alert-words.domain';
import { page, type Mail } from '../channels/email-message.domain';
import { escapeHtml, linkable, oneLine } from '../channels/plain-text.domain';

/** What a person wants. */
export interface DigestSettings {
  readonly enabled: boolean;
  /** 0 to 23 in `timeZone`. */
  readonly hour: number;
  readonly email: string;
  readonly timeZone: string;
}

/** An alert as the digest knows it. */
export interface DigestAlert {
  readonly alertId: string;
  readonly accountName: string;
  readonly signal: string;
  readonly severity: Severity;
  readonly status: AlertStatus;
  readonly summary: string;
  readonly arrAtRisk: number | null;
  readonly currency: string | null;
  readonly url: string | null;
  readonly preexisting: boolean;
  readonly openedAt: Date;
  readonly escalatedAt: Date | null;
  readonly resolvedAt: Date | null;
}

export const digestParts = ['new', 'worse', 'resolved', 'open'] as const;
export type DigestPart = (typeof digestParts)[number];

export interface DigestLine {
  readonly part: DigestPart;
  readonly alert: DigestAlert;
}

/** A day's digest: at most ten lines, and how many more there are. */
export interface Digest {
  readonly lines: readonly DigestLine[];
  readonly more: number;
}

const mostLines = 10;

/**
 * What a person should read about the time since the last digest: new, worse, resolved, still open, the worst first.
 * Null when nothing happened and nothing is open.
 */
export function digestOf(alerts: readonly DigestAlert[], since: Date): Digest | null {
  const all = alerts
    .flatMap((alert) => {
      const part = partOf(alert, since);
      return part ? [{ part, alert }] : [];
    })
    .toSorted(byImportance);
  if (all.length === 0) return null;
  return { lines: all.slice(0, mostLines), more: Math.max(0, all.length - mostLines) };
}

function partOf(alert: DigestAlert, since: Date): DigestPart | null {
  if (alert.resolvedAt) return alert.resolvedAt > since ? 'resolved' : null;
  if (alert.escalatedAt && alert.escalatedAt > since && alert.openedAt <= since) return 'worse';
  if (alert.openedAt > since && !alert.preexisting) return 'new';
  return alert.status === 'snoozed' ? null : 'open';
}

function byImportance(one: DigestLine, other: DigestLine): number {
  return (
    digestParts.indexOf(one.part) - digestParts.indexOf(other.part) ||
    severities.indexOf(other.alert.severity) - severities.indexOf(one.alert.severity) ||
    (other.alert.arrAtRisk ?? 0) - (one.alert.arrAtRisk ?? 0) ||
    one.alert.openedAt.getTime() - other.alert.openedAt.getTime()
  );
}

const titles: Readonly<Record<DigestPart, string>> = {
  new: 'New',
  worse: 'Worse',
  resolved: 'Resolved',
  open: 'Still open',
};

/** The digest as e-mail. @param day YYYY-MM-DD where the person is */
export function digestMail(digest: Digest, to: string, id: string, day: string, consoleUrl: string): Mail {
  const parts = digestParts
    .map((part) => ({ title: titles[part], lines: digest.lines.filter((line) => line.part === part) }))
    .filter(({ lines }) => lines.length > 0);
  const counts = parts.map(({ title, lines }) => `${lines.length} ${title.toLowerCase()}`).join(', ');
  const subject = `Tenure, ${day}: ${counts}`;
  const link = linkable(consoleUrl) ?? '';
  const more = digest.more > 0 ? `And ${digest.more} more.` : '';
  const text = parts.map(({ title, lines }) => [title, ...lines.map((line) => `- ${lineText(line)}`)].join('\n'));
  const html = parts.map(
    ({ title, lines }) => `<h3>${title}</h3><ul>${lines.map((line) => `<li>${lineHtml(line)}</li>`).join('')}</ul>`,
  );
  const settings = `${link}settings/digest`;
  return {
    to,
    subject,
    text: `${[...text, more, link, `Change or stop this digest: ${settings}`].filter(Boolean).join('\n\n')}\n`,
    html: page(subject, [
      ...html,
      `<p>${more} <a href="${escapeHtml(link)}">Open Tenure</a></p>`,
      `<p><a href="${escapeHtml(settings)}">Change or stop this digest</a></p>`,
    ]),
    messageId: `<${id}@tenure>`,
    listUnsubscribe: settings,
  };
}

function lineText({ alert }: DigestLine): string {
  const money = moneyOf(alert.arrAtRisk, alert.currency);
  const head = `${oneLine(alert.accountName, 80)}: ${signalName(alert.signal).toLowerCase()} (${alert.severity})`;
  return `${head}${money ? `, ${money} at risk` : ''}. ${oneLine(alert.summary, 200)}`;
}

function lineHtml(line: DigestLine): string {
  const link = linkable(line.alert.url);
  const text = escapeHtml(lineText(line));
  return link ? `<a href="${escapeHtml(link)}">${text}</a>` : text;
}

const hourMs = 3_600_000;
const quarterMs = hourMs / 4;

/** Reads day (YYYY-MM-DD) and hour (0 to 23) of an instant in a time zone. */
function localReader(timeZone: string): (at: Date) => { day: string; hour: number } {
  const options = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' } as const;
  const format = new Intl.DateTimeFormat('en-CA', { ...options, hourCycle: 'h23' });
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return { day: `${parts['year']}-${parts['month']}-${parts['day']}`, hour: Number(parts['hour']) };
  };
}

/** The hour of the day (0 to 23) in a time zone. */
export const localHour = (at: Date, timeZone: string): number => localReader(timeZone)(at).hour;

/** The day in a time zone, YYYY-MM-DD. */
export const localDay = (at: Date, timeZone: string): string => localReader(timeZone)(at).day;

/**
 * The next time after `after` at which `hour` begins there, once a day. A day on which the clocks jump over that hour
 * has none; on a day that has it twice the first counts.
 */
export function nextDigestAt(after: Date, hour: number, timeZone: string): Date {
  const read = localReader(timeZone);
  const present = read(after);
  const first = Math.floor(after.getTime() / quarterMs) * quarterMs + quarterMs;
  for (let at = first; at < first + 50 * hourMs; at += quarterMs) {
    const local = read(new Date(at));
    if (local.hour === hour && !(present.hour === hour && local.day === present.day)) return new Date(at);
  }
  return new Date(first + 24 * hourMs);
}
