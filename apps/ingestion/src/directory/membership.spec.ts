import fc from 'fast-check';

import { namedAccount, type NamedAccount, searchName } from './account-names.domain';
import { accountAsOf } from './membership.domain';

describe('The account of a user', () => {
  const stays = [
    { since: 10, accountId: 'a' },
    { since: 20, accountId: 'b' },
  ];

  it.each([
    [5, 'a'],
    [10, 'a'],
    [19, 'a'],
    [20, 'b'],
    [99, 'b'],
  ])('at %d is %s', (at, accountId) => {
    expect(accountAsOf(stays, at)).toBe(accountId);
  });

  it('is unknown where nobody was ever put anywhere', () => {
    expect(accountAsOf([], 5)).toBeUndefined();
  });

  it('does not depend on the order in which the calls arrived', () => {
    const stay = fc.record({ since: fc.integer({ min: 0, max: 9 }), accountId: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(fc.array(stay), fc.integer({ min: -1, max: 10 }), (list, at) => {
        const [one, other] = [accountAsOf(list, at), accountAsOf([...list].reverse(), at)];
        expect(one).toBe(other);
      }),
    );
  });

  it('is the same when repeated calls are left out, as the directory reads them', () => {
    const stay = fc.record({ since: fc.integer({ min: 0, max: 20 }), accountId: fc.constantFrom('a', 'b') });
    fc.assert(
      fc.property(
        fc.uniqueArray(stay, { selector: (each) => each.since }),
        fc.integer({ min: 0, max: 20 }),
        (list, at) => {
          const sorted = [...list].sort((a, b) => a.since - b.since);
          const changes = sorted.filter((each, index) => each.accountId !== sorted[index - 1]?.accountId);
          expect(accountAsOf(sorted, at)).toBe(accountAsOf(changes, at));
        },
      ),
    );
  });
});

describe('The account that a reference names', () => {
  const claim = (accountId: string, strength: NamedAccount['strength'], statedAtMs = 0) => ({
    accountId,
    strength,
    statedAtMs,
  });

  it('of another system is the one it was stated for last', () => {
    expect(namedAccount('ref:crm:1', [claim('a', 'stated', 1), claim('b', 'stated', 2)])).toBe('b');
  });

  it('of a domain must be one alone; what is stated outweighs what was only seen', () => {
    expect(namedAccount('domain:x.com', [claim('a', 'stated'), claim('b', 'stated')])).toBeUndefined();
    expect(namedAccount('domain:x.com', [claim('a', 'stated'), claim('b', 'seen')])).toBe('a');
    expect(namedAccount('domain:x.com', [claim('a', 'seen'), claim('b', 'seen')])).toBeUndefined();
    expect(namedAccount('domain:x.com', [claim('b', 'seen')])).toBe('b');
  });

  it('is what a person said, before everything else', () => {
    expect(namedAccount('domain:x.com', [claim('a', 'stated', 9), claim('b', 'matched', 1)])).toBe('b');
  });

  it('is compared without case, signs and legal form', () => {
    expect(searchName('Acme, Inc.')).toBe(searchName('ACME'));
    expect(searchName('GmbH')).toBe('gmbh');
  });
});
