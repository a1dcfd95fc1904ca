import { parseChange, touchedKeys } from './live-keys';

describe('touchedKeys', () => {
  it('names each list and each account of a burst once', () => {
    const keys = touchedKeys([
      { accountId: 'acme', what: ['score', 'alerts'] },
      { accountId: 'acme', what: ['alerts'] },
      { accountId: 'globex', what: ['timeline'] },
    ]);
    expect(keys).toEqual([
      ['today'],
      ['accounts'],
      ['reports'],
      ['alerts'],
      ['account', 'acme'],
      ['account', 'globex'],
    ]);
  });

  it('refreshes the account even for a kind it does not know', () => {
    expect(touchedKeys([{ accountId: 'acme', what: ['weather'] }])).toEqual([['account', 'acme']]);
  });
});

describe('parseChange', () => {
  it('reads a change and refuses anything else', () => {
    expect(parseChange('{"accountId":"acme","what":["score"]}')).toEqual({ accountId: 'acme', what: ['score'] });
    expect(parseChange('{"accountId":"acme"}')).toEqual({ accountId: 'acme', what: [] });
    expect(parseChange('null')).toBeNull();
    expect(parseChange('ping')).toBeNull();
  });
});
