import { cluesOf, suggest } from './suggest-accounts.domain';

describe('Suggestions for a held event', () => {
  it('come from who has the domain, then from who is called like it', () => {
    const clues = cluesOf('domain:acme.com', { subject: 'Help' });
    expect(clues).toEqual({ references: ['domain:acme.com', 'domain:acme.com'], names: ['acme'] });
    const claims = [{ reference: 'domain:acme.com', account_id: 'a1', name: 'Acme EU' }];
    const named = [{ account_id: 'a2', name: 'ACME Inc.', search_name: 'acme' }];
    expect(suggest(clues, claims, named)).toEqual([
      { accountId: 'a1', name: 'Acme EU', why: 'has the domain acme.com' },
      { accountId: 'a2', name: 'ACME Inc.', why: 'is called ACME Inc.' },
    ]);
  });

  it('see the company in the address that a user is known by', () => {
    expect(cluesOf('user:jo@acme.com', {}).references).toContain('domain:acme.com');
    expect(cluesOf('user:jo@gmail.com', {}).names).toEqual([]);
  });
});
