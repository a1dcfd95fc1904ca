import type { Alert } from '../../api/types';
import { day, instant } from '../../format/dates';
import { words } from '../../format/words';

function personName(by: Alert['acknowledgedBy']): string | null {
  return by?.name ?? by?.email ?? null;
}

/** Where an alert stands, in words: 'Snoozed until 16 Mar 2026', 'Acknowledged by Dana', 'Open since …'. */
export function statusSentence(alert: Alert, zone: string): string {
  const by = personName(alert.acknowledgedBy);
  switch (alert.status) {
    case 'acknowledged':
      return by ? `Acknowledged by ${by}` : 'Acknowledged';
    case 'snoozed':
      return alert.snoozedUntil ? `Snoozed until ${day(alert.snoozedUntil, zone)}` : 'Snoozed until it gets worse';
    case 'resolved':
      return alert.resolution ? `Resolved: ${words(alert.resolution.reason).toLowerCase()}` : 'Resolved';
    default:
      return `Opened ${instant(alert.openedAt, zone)}`;
  }
}

/** Summary lines often begin with the account's name; where the account is shown beside them, it is said once. */
export function withoutName(summary: string, name: string | null): string {
  if (!name || !summary.startsWith(name)) return summary;
  const rest = summary.slice(name.length).replace(/^\s*[:–—-]\s*/, '');
  return rest === summary.slice(name.length) ? summary : rest.charAt(0).toUpperCase() + rest.slice(1);
}
