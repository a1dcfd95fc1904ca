import type { Stakeholder, Ticket } from '../../api/types';
import { byUrgency, byWeight, mood } from './people-order';

const person = (name: string, roles: string[], influence = 0): Stakeholder =>
  ({ name, roles, influence, stakeholderId: name }) as Stakeholder;
const ticket = (ticketId: string, over: Partial<Ticket>): Ticket =>
  ({ ticketId, status: 'open', priority: 'normal', escalated: false, openedAt: '2026-03-01', ...over }) as Ticket;

describe('stakeholders', () => {
  it('are listed by how much they decide', () => {
    const people = [
      person('Ana', ['technical']),
      person('Tom', ['economic-buyer'], 0.9),
      person('Pia', ['champion'], 0.8),
    ];
    expect(byWeight(people).map((entry) => entry.name)).toEqual(['Tom', 'Pia', 'Ana']);
  });

  it('have a mood from a quarter on', () => {
    expect([mood(0.3), mood(0), mood(-0.25), mood(null)]).toEqual(['positive', 'neutral', 'negative', null]);
  });
});

it('tickets: escalated, then urgent, then solved', () => {
  const list = [
    ticket('solved', { status: 'solved', priority: 'urgent' }),
    ticket('normal', {}),
    ticket('urgent', { priority: 'urgent' }),
    ticket('escalated', { escalated: true }),
  ];
  expect(byUrgency(list).map((entry) => entry.ticketId)).toEqual(['escalated', 'urgent', 'normal', 'solved']);
});
