import fc from 'fast-check';

import { companyDomain, domainKey, readReferenceKey, referenceKey, refKey } from './reference.domain';

describe('A reference', () => {
  it("knows Salesforce's 15- and 18-character ids as one, and only Salesforce's", () => {
    expect(refKey('salesforce', '0015g00000XyZ12AAB')).toBe(refKey('Salesforce', '0015g00000XyZ12'));
    expect(refKey('salesforce', '0015g00000xyz12')).not.toBe(refKey('salesforce', '0015g00000XyZ12'));
    expect(refKey('hubspot', '0015g00000XyZ12AAB')).not.toBe(refKey('hubspot', '0015g00000XyZ12'));
  });

  it('reads a domain as people write it', () => {
    const ways = ['acme.com', ' https://www.ACME.com/about?x=1 ', 'acme.com.', 'http://acme.com:8080'];
    expect(new Set(ways.map(domainKey))).toEqual(new Set(['domain:acme.com']));
  });

  it('does not take a public mailbox for a company', () => {
    expect(companyDomain('jo@gmail.com')).toBeUndefined();
    expect(companyDomain('no address')).toBeUndefined();
    expect(companyDomain('jo@Mail.Acme.com')).toBe('mail.acme.com');
  });

  it('survives the way through its key', () => {
    const text = fc.string({ minLength: 1 }).filter((each) => each.trim() === each);
    fc.assert(
      fc.property(text, text, (system, id) => {
        const name = system.toLowerCase();
        const read = readReferenceKey(referenceKey({ accountRef: { system: name, id } }));
        expect(referenceKey(read)).toBe(referenceKey({ accountRef: { system: name, id } }));
      }),
    );
    fc.assert(fc.property(text, (userId) => expect(readReferenceKey(referenceKey({ userId }))).toEqual({ userId })));
  });
});
