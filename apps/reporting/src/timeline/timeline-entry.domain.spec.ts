import type { Envelope } from '@tenure/contracts';
import { type ChangedThing, timelineOf } from './timeline-entry.domain';

let count = 0;
const event = (data: object): Envelope =>
  ({
    tenantid: 'acme',
    subject: 'a',
    source: '/sources/crm',
    id: `e-${(count += 1)}`,
    time: '2026-03-02T10:00:00Z',
    data,
  }) as Envelope;

const lines = (entity: string, events: object[], before: ChangedThing['before'] = null): string[] =>
  timelineOf({ tenantId: 'acme', accountId: 'a', entity, entityId: 'x', before, events: events.map(event) }).map(
    ({ title, detail }) => (detail ? `${title} | ${detail}` : title),
  );

describe('the timeline', () => {
  it('tells of tickets when they open, escalate, are solved, come back or are rated', () => {
    const ticket = { ticketId: 't', priority: 'urgent', subject: 'Down' };
    expect(
      lines('ticket', [
        { ...ticket, change: 'opened' },
        { ...ticket, change: 'updated' },
        { ticketId: 't', priority: 'urgent', change: 'escalated' },
        { ...ticket, change: 'solved' },
        { ...ticket, change: 'updated', csat: 2 },
        { ...ticket, change: 'closed', csat: 2 },
      ]),
    ).toEqual([
      'Ticket opened: Down | Urgent priority',
      'Ticket escalated: Down | Urgent priority',
      'Ticket solved: Down | Urgent priority',
      'Ticket rated: Down | Urgent priority, rated 2 of 5',
    ]);
  });

  it('tells of people who come, go, come back and change their roles', () => {
    expect(
      lines('stakeholder', [
        { name: 'Jana', change: 'added', roles: ['champion'] },
        { name: 'Jana', change: 'updated', roles: ['champion'] },
        { name: 'Jana', change: 'updated', roles: ['economic-buyer'] },
        { name: 'Jana', change: 'left' },
      ]),
    ).toEqual([
      'Jana is a new stakeholder | Champion',
      'Jana is now economic buyer | Was champion',
      'Jana has left | Economic buyer',
    ]);
  });

  it('tells of contracts by status and amount, in money', () => {
    const contract = { contractId: 'C-1', status: 'active', currency: 'EUR', start: '2026-01-01', end: '2026-12-31' };
    const line = (arr: number) => [
      { lineId: 'l', kind: 'recurring', arr },
      { lineId: 'x', kind: 'one-time', arr: 9 },
    ];
    expect(
      lines('contract', [
        { ...contract, lines: line(120_000) },
        { ...contract, lines: line(120_000) },
        { ...contract, lines: line(90_000.5) },
        { ...contract, status: 'notice-given', lines: line(90_000.5) },
      ]),
    ).toEqual([
      'Contract in force: C-1 | 120,000 EUR a year, 2026-01-01 to 2026-12-31',
      'Contract shrank: C-1 | 120,000 EUR a year before, 90,000.5 EUR now',
      'Notice given: C-1 | 90,000.5 EUR a year, 2026-01-01 to 2026-12-31',
    ]);
  });

  it('tells of invoices only when there is trouble, and when it is over', () => {
    const invoice = { amount: 500, currency: 'USD', dueAt: '2026-03-31T00:00:00Z' };
    expect(
      lines('invoice', [
        { ...invoice, status: 'open' },
        { ...invoice, status: 'paid' },
      ]),
    ).toEqual([]);
    expect(
      lines('invoice', [
        { ...invoice, status: 'overdue' },
        { ...invoice, status: 'overdue' },
        { ...invoice, status: 'paid' },
      ]),
    ).toEqual(['Invoice overdue | 500 USD, due 2026-03-31', 'Invoice paid | 500 USD, due 2026-03-31']);
  });

  it('tells of meetings by outcome, of answers, of stage and CSM', () => {
    expect(
      lines('touchpoint', [
        { kind: 'meeting', purpose: 'review', outcome: 'scheduled', startAt: '2026-03-09T10:00:00Z' },
        { kind: 'meeting', outcome: 'missed', startAt: '2026-03-09T10:00:00Z' },
      ]),
    ).toEqual(['Review meeting scheduled', 'Review meeting missed']);
    expect(lines('survey-response', [{ kind: 'nps', score: 3, email: 'j@x.test', comment: 'slow' }])).toEqual([
      'NPS answer: 3 | Slow – from j@x.test',
    ]);
    expect(
      lines('account', [
        { name: 'A', stage: 'onboarding' },
        { stage: 'adoption', team: [{ role: 'csm', email: 'i@a.test' }] },
        { stage: 'adoption' },
      ]),
    ).toEqual([
      'The account was added | Stage onboarding',
      'Stage is now adoption | Was onboarding',
      'i@a.test is now the CSM',
    ]);
    expect(lines('user', [{ userId: 'u' }])).toEqual([]);
  });

  it('gives the same line the same id, and two lines of one event two', () => {
    const [one] = [{ stage: 'growth', team: [{ role: 'csm', email: 'i@a.test' }] }];
    const told = event(one as object);
    const changed = { tenantId: 'acme', accountId: 'a', entity: 'account', entityId: 'a', before: {}, events: [told] };
    const ids = timelineOf(changed).map((line) => line.itemId);
    expect(new Set(ids).size).toBe(2);
    expect(timelineOf(changed).map((line) => line.itemId)).toEqual(ids);
  });
});
