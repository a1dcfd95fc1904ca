import { accountsSearch, reportsSearch, safeNext, signInSearch, todaySearch } from './search-params';

describe('search parameters', () => {
  it('keep what is known and drop the rest', () => {
    expect(accountsSearch({ band: 'red', sort: '-arr', x: 'y', search: '' })).toEqual({ band: 'red', sort: '-arr' });
    expect(reportsSearch({ by: 'planet', from: '2026-01-01' })).toEqual({ from: '2026-01-01' });
    expect(todaySearch({ owner: 'me' })).toEqual({ owner: 'me' });
    expect(signInSearch({ token: 'abc', expired: 1 })).toEqual({ token: 'abc', expired: '1' });
  });

  it('survive numbers where text was meant', () => {
    expect(accountsSearch({ search: 42 })).toEqual({ search: '42' });
  });
});

describe('the way after sign-in', () => {
  it('stays on this site', () => {
    expect(safeNext('/accounts?band=red')).toBe('/accounts?band=red');
    expect(safeNext('//evil.example')).toBe('/');
    expect(safeNext('/\\evil.example')).toBe('/');
    expect(safeNext('https://evil.example')).toBe('/');
    expect(safeNext('/sign-in?next=/')).toBe('/');
    expect(safeNext(undefined)).toBe('/');
  });
});
