import type { Stakeholder, Ticket } from '../../api/types';

const weights: Record<string, number | undefined> = {
  champion: 5,
  'economic-buyer': 5,
  'decision-maker': 4,
  'executive-sponsor': 4,
};

function weight(person: Stakeholder): number {
  const role = Math.max(0, ...person.roles.map((name) => weights[name] ?? 1));
  return role + (person.influence ?? 0);
}

/** Those who decide first; a champion or buyer who left stays on top, because that is news. */
export function byWeight(people: readonly Stakeholder[]): Stakeholder[] {
  return people.toSorted((one, other) => weight(other) - weight(one) || one.name.localeCompare(other.name));
}

/** Sentiment (−1…1) as a word; null when there is none. */
export function mood(sentiment: number | null): string | null {
  if (sentiment === null) return null;
  if (sentiment >= 0.25) return 'positive';
  return sentiment <= -0.25 ? 'negative' : 'neutral';
}

const ended = new Set(['solved', 'closed']);
const priorities: Record<string, number | undefined> = { urgent: 4, high: 3, normal: 2, low: 1 };

export function isOpen(ticket: Ticket): boolean {
  return !ended.has(ticket.status);
}

/** Open before solved; among the open, escalated and urgent first; then the newest. */
export function byUrgency(tickets: readonly Ticket[]): Ticket[] {
  const rank = (ticket: Ticket): number =>
    (isOpen(ticket) ? 100 : 0) +
    (ticket.escalated ? 10 : 0) +
    (isOpen(ticket) ? (priorities[ticket.priority] ?? 0) : 0);
  return tickets.toSorted(
    (one, other) => rank(other) - rank(one) || (other.openedAt ?? '').localeCompare(one.openedAt ?? ''),
  );
}
