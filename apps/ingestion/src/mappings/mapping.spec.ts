import fc from 'fast-check';

import { isRefusal } from '../intake/candidate.domain';
import { checkMapping } from './check-mapping.domain';
import { convert, majorUnits, movedDay } from './convert.domain';
import { mapItem } from './map-item.domain';
import type { Condition, Expression, Mapping } from './mapping.domain';
import { atPointer } from './pointer.domain';

const arrival = {
  tenantId: 'acme',
  sourceId: 'src_1',
  importing: false,
  receivedMs: Date.parse('2026-05-03T12:00:00Z'),
};
const digest = (text: string): string => `digest-${text.length}`;

/** The value that an expression gives, seen in a free attribute of an account. */
function valueOf(expression: Expression, item: unknown): unknown {
  const mapping: Mapping = {
    rules: [
      {
        name: 'r',
        emit: [
          {
            event: 'tenure.account.changed.v1',
            data: { accountId: { value: 'a' }, attributes: { object: { x: expression } } },
          },
        ],
      },
    ],
  };
  expect(checkMapping(mapping)).toMatchObject({ ok: true });
  const { outcome } = mapItem(item, { mapping, arrival, around: {}, digest });
  if (outcome === 'ping' || isRefusal(outcome)) return outcome;
  return (outcome.events[0].data['attributes'] as { x: unknown } | undefined)?.x;
}

const fits = (when: Condition[], item: unknown): boolean => {
  const mapping: Mapping = { rules: [{ name: 'r', when, ping: true }] };
  return mapItem(item, { mapping, arrival, around: {}, digest }).outcome === 'ping';
};

describe('An expression', () => {
  const item = {
    a: { 'b/c': [1, { d: 'x' }], n: null, empty: '' },
    list: [
      { k: 'one', v: 1 },
      { k: 'two', v: 2 },
    ],
  };

  it.each<[Expression, unknown]>([
    ['/a/b~1c/1/d', 'x'],
    ['/a/b~1c/01/d', undefined],
    ['/a/toString', undefined],
    ['/list/*/v', [1, 2]],
    [{ text: '{/a/b~1c/0}-{/list/0/k}' }, '1-one'],
    [{ text: '{/a/nothing}-x' }, undefined],
    [{ first: ['/a/nothing', '/a/n', '/list/1/k'] }, 'two'],
    [{ list: ['/list/0/v', '/a/nothing', '/list/1/v'] }, [1, 2]],
    [{ path: '/list', where: [{ path: '/k', is: 'TWO' }], to: '/v' }, 2],
    [{ path: '/list', to: { text: '{/k}:{$/a/b~1c/0}' } }, ['one:1', 'two:1']],
    [{ times: ['/list/1/v', { value: '3' }] }, 6],
    [{ path: '/list/0/k', table: { ONE: 'first' } }, 'first'],
    [{ path: '/list/0/k', table: {}, miss: 'omit', else: 'other' }, 'other'],
    [{ path: '/list/0/k', table: {}, miss: 'keep' }, 'one'],
    [{ path: '/list/0/k', max: 2 }, 'on'],
    [{ value: 1, when: [{ path: '/a/n', exists: true }] }, undefined],
    [{ path: '/a/n', else: 'nothing' }, 'nothing'],
    [{ path: '/a/empty' }, null],
  ])('%j is %j', (expression, expected) => expect(valueOf(expression, item)).toEqual(expected));

  it('whose table has no such word refuses the item, and says where', () => {
    expect(valueOf({ path: '/list/0/k', table: { a: 1 } }, item)).toMatchObject({
      code: 'not-in-table',
      pointer: '/list/0/k',
    });
  });
});

describe('A conversion', () => {
  it.each([
    ['instant', 1777809480, '2026-05-03T11:58:00.000Z'],
    ['instant', '1777809480', '2026-05-03T11:58:00.000Z'],
    ['instant', 1777809480000, '2026-05-03T11:58:00.000Z'],
    ['instant', '2026-05-03T13:58:00.000+0200', '2026-05-03T11:58:00.000Z'],
    ['instant', 'soon', undefined],
    ['day', '2026-05-03', '2026-05-03'],
    ['day', 1777809480, '2026-05-03'],
    ['last-day', 1788220800, '2026-08-31'],
    ['text', 7, '7'],
    ['number', ' 1e3 ', 1000],
    ['number', '1,000', undefined],
    ['integer', '2.6', 3],
    ['boolean', 'Yes', true],
    ['boolean', 0, false],
    ['boolean', 'maybe', undefined],
    ['upper', 'usd', 'USD'],
    ['email', 'not an address', undefined],
    ['domain', 'https://www.Initech.com/about', 'initech.com'],
    ['company-domain', 'ada@gmail.com', undefined],
    ['company-domain', 'ada@initech.com', 'initech.com'],
    ['tags', 'a, b ,', ['a', 'b']],
    ['tags', 'a b', ['a', 'b']],
    ['url', 'javascript:alert(1)', undefined],
    ['text', null, null],
  ] as const)('to %s of %j gives %j', (as, value, expected) => expect(convert(value, as)).toEqual(expected));

  it('of minor units knows the currency', () => {
    expect([majorUnits(1250, 'usd'), majorUnits(1250, 'JPY'), majorUnits(1250, 'KWD')]).toEqual([12.5, 1250, 1.25]);
    expect(majorUnits(1, 'XXX-')).toBeUndefined();
  });

  it('moves days inside their months', () => {
    expect(movedDay('2024-02-29', { years: 1 })).toBe('2025-02-28');
    expect(movedDay('2026-01-31', { months: 1 })).toBe('2026-02-28');
    expect(movedDay('2026-01-01', { years: 1, days: -1 })).toBe('2026-12-31');
  });
});

describe('Events of one item', () => {
  it('are never the same event, also where the mapping gives them the same id', () => {
    const emission = { event: 'tenure.account.changed.v1', id: '/id', data: { accountId: '@/each' } };
    const mapping: Mapping = { rules: [{ name: 'r', each: '/accounts', emit: [emission] }] };
    const { outcome } = mapItem({ id: 'e', accounts: ['a', 'b', 'c'] }, { mapping, arrival, around: {}, digest });
    const events = outcome === 'ping' || isRefusal(outcome) ? [] : outcome.events;
    expect(events.map(({ id, accountId }) => [id, accountId])).toEqual([
      ['e', 'a'],
      ['e#1', 'b'],
      ['e#2', 'c'],
    ]);
  });
});

describe('A condition', () => {
  const item = { type: 'a.b', list: ['X', 'Y'], n: null };

  it.each<[Condition[], boolean]>([
    [[], true],
    [[{ path: '/type', is: 'A.B' }], true],
    [
      [
        { path: '/type', startsWith: 'a.' },
        { path: '/list', has: 'y' },
      ],
      true,
    ],
    [[{ path: '/type', has: '.B' }], true],
    [
      [
        { path: '/n', exists: false },
        { path: '/m', exists: false },
      ],
      true,
    ],
    [[{ path: '/type', in: ['c', 'd'] }], false],
    [
      [
        {
          any: [
            { path: '/type', is: 'c' },
            { path: '/list/0', is: 'x' },
          ],
        },
      ],
      true,
    ],
    [
      [
        {
          none: [
            { path: '/type', is: 'c' },
            { path: '/list/0', is: 'x' },
          ],
        },
      ],
      false,
    ],
  ])('%j: %j', (when, expected) => expect(fits(when, item)).toBe(expected));
});

describe('A mapping with faults', () => {
  const faultsOf = (mapping: unknown) => {
    const checked = checkMapping(mapping);
    return checked.ok ? [] : checked.faults.map(({ pointer, code }) => `${pointer} ${code}`);
  };
  const withData = (data: object, event = 'tenure.ticket.changed.v1'): unknown => {
    const all = { accountId: '/a', ticketId: '/t', change: '/c', status: '/s', priority: '/p', ...data };
    return JSON.parse(JSON.stringify({ rules: [{ name: 'r', emit: [{ event, data: all }] }] }));
  };

  it('hears of each of them where it stands', () => {
    expect(faultsOf(withData({}))).toEqual([]);
    expect(faultsOf(withData({ priorty: '/x' }))).toEqual(['/rules/0/emit/0/data/priorty unknown-field']);
    expect(faultsOf(withData({ status: { path: '/s', table: { Open: 'opened' } } }))).toEqual([
      '/rules/0/emit/0/data/status/table/Open wrong-value',
    ]);
    expect(faultsOf(withData({ status: undefined }))).toEqual(['/rules/0/emit/0/data missing-field']);
    expect(faultsOf(withData({ subject: { path: 'subject' } }))).toEqual([
      '/rules/0/emit/0/data/subject/path wrong-format',
    ]);
    expect(faultsOf(withData({ subject: { path: '/s', as: 'poem', max: -1 } }))).toHaveLength(2);
    expect(faultsOf(withData({}, 'tenure.ticket.exploded.v1'))).toEqual(['/rules/0/emit/0/event unknown-type']);
    expect(faultsOf(withData({ accountId: undefined }))).toEqual(['/rules/0/emit/0/data account-not-named']);
    expect(faultsOf({ rules: [] })).toEqual(['/rules empty']);
    expect(faultsOf({ rules: [{ name: 'r' }] })).toEqual(['/rules/0 wrong-value']);
    expect(faultsOf({ rules: [{ name: 'r', ping: true, when: [{ path: '/a', equals: 1 }] }] })).toContain(
      '/rules/0/when/0/equals unknown-field',
    );
  });

  it('is told so whatever it is, and never throws', () => {
    fc.assert(fc.property(fc.anything(), (anything) => void checkMapping({ rules: [anything] })));
    fc.assert(
      fc.property(fc.jsonValue(), (item) => {
        valueOf({ first: ['/a/*/b', { path: '/', as: 'tags' }, { text: '{/x}' }] }, item);
      }),
    );
  });
});

describe('A pointer', () => {
  it('leads to nothing that an object did not say itself', () => {
    for (const path of ['/__proto__', '/constructor/name', '/length'])
      expect(atPointer({ a: 1 }, path)).toBeUndefined();
    expect(atPointer([1, 2], '/length')).toBeUndefined();
  });
});
