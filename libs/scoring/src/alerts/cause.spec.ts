import { asOf } from '../history/as-of';
import { emptyHistory, entity, NOON, noonOf } from '../history/history-builder';
import type { Evidence, SignalName } from '../signals/signal';
import { DAY_MS } from '../time/day';
import { causeOf, type TouchingIncident } from './cause';

const line = (...ids: string[]): Evidence => ({
  ...{
    label: '',
    metric: '',
    value: 1,
    baseline: null,
    threshold: null,
    unit: 'tickets',
    window: null,
    ids,
    url: null,
  },
});
const of = (signal: SignalName, ids: string[], history = emptyHistory(), incidents: TouchingIncident[] = []) =>
  causeOf({ signal, since: NOON, evidence: [line(...ids)] }, history, asOf(NOON), incidents);

describe('the cause that alerts share', () => {
  it('is an incident of our own, until two weeks after it', () => {
    const ended = (days: number) => [{ id: 'inc-9', startedAt: noonOf(days + 1), endedAt: noonOf(days) }];
    expect(of('ticket-spike', [], emptyHistory(), ended(1))).toEqual({ id: 'incident:inc-9', sharedFrom: 1 });
    expect(of('silence', [], emptyHistory(), [{ id: 'inc-9', startedAt: NOON - DAY_MS, endedAt: null }])?.id).toBe(
      'incident:inc-9',
    );
    expect(of('ticket-spike', [], emptyHistory(), ended(15))).toBeNull();
    expect(of('notice-given', [], emptyHistory(), ended(1))).toBeNull();
  });

  it('is the problem that at least half of the tickets are tagged with', () => {
    const ticket = (id: string, tags: string[]) =>
      entity(id, 3, {
        status: 'open' as const,
        priority: 'high' as const,
        openedAt: noonOf(3),
        escalatedAt: null,
        tags,
      });
    const history = emptyHistory({
      tickets: [ticket('a', ['Problem:88', 'vip']), ticket('b', ['problem:88']), ticket('c', ['vip'])],
    });
    expect(of('escalation-open', ['a', 'b', 'c'], history)).toEqual({ id: 'ticket:problem:88', sharedFrom: 1 });
    expect(of('escalation-open', ['c'], history)).toBeNull();
  });

  it('is a person who matters to two accounts, or a day on which the usage of five fell', () => {
    const stakeholders = [entity('s1', 90, { name: 'Dana', roles: ['champion'], left: true, email: 'Dana@x.test' })];
    expect(of('champion-left', ['s1'], emptyHistory({ stakeholders }))).toEqual({
      id: 'person:dana@x.test',
      sharedFrom: 2,
    });
    expect(of('usage-decline', [])).toEqual({ id: 'usage:usage-decline:2026-03-04', sharedFrom: 5 });
  });
});
