import type { Envelope, UsageRecorded } from '@tenure/contracts';
import { bitmapOrdinals, dayFromIso, popcount } from '@tenure/scoring';
import { build } from '@tenure/testing';
import * as fc from 'fast-check';

import { usageDelta } from './usage-delta.domain';

const standpoint = (timeZone = 'UTC', ...known: string[]) => ({
  timeZone,
  ordinals: new Map(known.map((user, ordinal) => [user, ordinal])),
});
const usage = (
  data: Partial<UsageRecorded>,
  time = '2026-03-02T10:00:00.000Z',
  knownat?: string,
): Envelope<UsageRecorded> => build.usage(data, { time, ...(knownat && { knownat }) });

describe('what a batch of usage adds to an account', () => {
  it('counts events by day and name, and each user once', () => {
    const events = [
      usage({ userId: 'a', event: 'open' }),
      usage({ userId: 'a', event: 'save' }),
      usage({ userId: 'b', event: 'open' }),
    ];
    const { days, newUsers } = usageDelta(events, standpoint());
    expect(days).toHaveLength(1);
    expect(days[0]).toMatchObject({ day: dayFromIso('2026-03-02'), events: 3, byName: { open: 2, save: 1 } });
    expect(popcount(days[0]!.users)).toBe(2);
    expect(newUsers.map((user) => [user.userId, user.ordinal])).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('counts events that are called %s', (event) => {
    const { days } = usageDelta([usage({ userId: 'a', event }), usage({ userId: 'b', event })], standpoint());
    expect(Object.entries(days[0]!.byName)).toEqual([[event, 2]]);
    expect(Object.entries(days[0]!.usersByName ?? {}).map(([name, users]) => [name, popcount(users)])).toEqual([
      [event, 2],
    ]);
  });

  it('takes the day of the account, not of Greenwich', () => {
    const late = usage({ userId: 'a' }, '2026-03-02T23:30:00.000Z');
    expect(usageDelta([late], standpoint('Asia/Tokyo')).days[0]?.day).toBe(dayFromIso('2026-03-03'));
    expect(usageDelta([late], standpoint('America/New_York')).days[0]?.day).toBe(dayFromIso('2026-03-02'));
  });

  it('keeps the day on which it was known apart from the day on which it happened', () => {
    const { days } = usageDelta([usage({ userId: 'a' }, '2026-01-05T10:00:00.000Z')], standpoint());
    expect(days[0]).toMatchObject({ day: dayFromIso('2026-01-05'), knownDay: dayFromIso('2026-01-05') });
    const late = build.usage(
      { userId: 'a' },
      { time: '2026-01-05T10:00:00.000Z', receivedat: '2026-02-01T00:00:00.000Z' },
    );
    expect(usageDelta([late], standpoint()).days[0]).toMatchObject({ knownDay: dayFromIso('2026-02-01') });
  });

  it('makes nobody active by an impersonated event, and nothing at all of a sandbox', () => {
    const { days } = usageDelta([usage({ userId: 'a', actorType: 'impersonated' })], standpoint());
    expect(days[0]).toMatchObject({ events: 1 });
    expect(popcount(days[0]!.users)).toBe(0);
    expect(usageDelta([usage({ userId: 'a', environment: 'sandbox' })], standpoint()).days).toEqual([]);
  });

  it('counts what nobody is named for', () => {
    const { days } = usageDelta([usage({ userId: undefined, anonymousId: 'x' })], standpoint());
    expect(days[0]).toMatchObject({ events: 1 });
    expect(bitmapOrdinals(days[0]!.users)).toEqual([]);
  });

  it('remembers that a user is a machine', () => {
    expect(usageDelta([usage({ userId: 'bot', actorType: 'service' })], standpoint()).newUsers).toEqual([
      { userId: 'bot', ordinal: 0, kind: 'service' },
    ]);
  });

  it('adds the same in one batch or in many', () => {
    const event = fc.record({
      user: fc.constantFrom('a', 'b', 'c'),
      name: fc.constantFrom('x', 'y'),
      day: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), fc.integer({ min: 0, max: 40 }), (list, at) => {
        const known = standpoint('UTC', 'a', 'b', 'c');
        const events = list.map(({ user, name, day }) =>
          usage({ userId: user, event: name }, `2026-03-0${day}T10:00:00.000Z`),
        );
        const total = (batch: typeof events) => usageDelta(batch, known).days.reduce((sum, day) => sum + day.events, 0);
        expect(total(events.slice(0, at)) + total(events.slice(at))).toBe(total(events));
        expect(total(events)).toBe(events.length);
      }),
      { numRuns: 300 },
    );
  });
});
