import * as fc from 'fast-check';

import { dataOf, emptyState, fold, type Statement } from './fold-state';

const statement = (time: string, fields: Record<string, unknown>, more: Partial<Statement> = {}): Statement => ({
  rank: { time, sequence: '', source: '/sources/crm', id: time },
  snapshot: false,
  fields,
  ...more,
});

const arbitrary: fc.Arbitrary<Statement> = fc.record({
  rank: fc.record({
    time: fc.constantFrom('2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'),
    sequence: fc.constantFrom('', '1', '2'),
    source: fc.constantFrom('/sources/a', '/sources/b'),
    id: fc.uuid(),
  }),
  snapshot: fc.boolean(),
  fields: fc.dictionary(
    fc.constantFrom('name', 'plan', 'externalIds'),
    fc.oneof(fc.string(), fc.constant(null), fc.dictionary(fc.constantFrom('crm', 'billing'), fc.string())),
  ),
});

describe('folding statements about an entity', () => {
  it('keeps fields of a sender that are called like what every object has, and drops the one name that cannot be kept', () => {
    const sent = JSON.parse(
      '{"constructor": "a", "toString": "b", "__proto__": "c", "attributes": {"__proto__": "d"}}',
    ) as Record<string, unknown>;
    const state = [statement('2026-01-01', sent), statement('2026-01-02', sent)].reduce(fold, emptyState);
    const { attributes, ...fields } = dataOf(state);
    expect(Object.entries(fields)).toEqual([
      ['constructor', 'a'],
      ['toString', 'b'],
    ]);
    expect(Object.entries(attributes as object)).toEqual([['__proto__', 'd']]);
  });

  it('keeps what a later statement does not name', () => {
    const state = [
      statement('2026-01-01', { name: 'Acme', plan: 'pro' }),
      statement('2026-01-02', { plan: 'team' }),
    ].reduce(fold, emptyState);
    expect(dataOf(state)).toEqual({ name: 'Acme', plan: 'team' });
  });

  it('clears a field that is null', () => {
    const state = [
      statement('2026-01-01', { name: 'Acme', plan: 'pro' }),
      statement('2026-01-02', { plan: null }),
    ].reduce(fold, emptyState);
    expect(dataOf(state)).toEqual({ name: 'Acme' });
  });

  it('clears what a snapshot does not name', () => {
    const state = [
      statement('2026-01-01', { name: 'Acme', plan: 'pro' }),
      statement('2026-01-02', { name: 'Acme' }, { snapshot: true }),
    ].reduce(fold, emptyState);
    expect(dataOf(state)).toEqual({ name: 'Acme' });
  });

  it('lets a late statement change only what it would have changed in time', () => {
    const late = statement('2026-01-01', { name: 'Old', industry: 'steel' });
    const state = [statement('2026-01-02', { name: 'New' }), late].reduce(fold, emptyState);
    expect(dataOf(state)).toEqual({ name: 'New', industry: 'steel' });
  });

  it('keeps the ids of two systems side by side', () => {
    const state = [
      statement('2026-01-01', { externalIds: { crm: '1' } }),
      statement('2026-01-02', { externalIds: { billing: '2' } }),
    ].reduce(fold, emptyState);
    expect(dataOf(state)).toEqual({ externalIds: { crm: '1', billing: '2' } });
  });

  it('gives the same state for any order and for repeated statements', () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(arbitrary, { maxLength: 8, selector: (each) => each.rank.id })
          .chain((list) =>
            fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 })),
          ),
        ([list, shuffled]) => {
          expect(shuffled.reduce(fold, emptyState)).toEqual(list.reduce(fold, emptyState));
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
