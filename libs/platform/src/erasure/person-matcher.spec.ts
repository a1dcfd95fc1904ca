import { identifierOf, PersonMatcher } from './person-matcher';

const said = [
  { kind: 'user', text: 'usr-7f3a91' },
  { kind: 'user', text: '7' },
  { kind: 'user', text: 'auth0|Abc123' },
  { kind: 'email', text: 'Jane.Doe@Northwind.example' },
  { kind: 'name', text: 'Jane Doe' },
] as const;
const matcher = new PersonMatcher(
  said.flatMap((each) => identifierOf(each, 'er-1', 'salt') ?? []),
  'salt',
);

describe('An erased person', () => {
  it.each([
    ['usr-7f3a91', 'erased-er-1'],
    ['user:usr-7f3a91', 'user:erased-er-1'],
    ['csv:users:id:usr-7f3a91#1', 'csv:users:id:erased-er-1#1'],
    ['jane.doe@northwind.EXAMPLE', 'erased-er-1@erased.invalid'],
    [
      'Call with Jane  Doe (jane.doe@northwind.example), tomorrow.',
      'Call with erased-er-1 (erased-er-1@erased.invalid), tomorrow.',
    ],
    ['auth0|Abc123', 'erased-er-1'],
    ['user:7', 'user:erased-er-1'],
  ])('is replaced in %s', (text, expected) => {
    expect(matcher.scrubText(text)).toBe(expected);
  });

  it.each([
    'usr-7f3a911',
    'USR-7F3A91',
    'jane.doe@northwind.example.org',
    'xjane.doe@northwind.example',
    'Janet Doe',
    'Jane wrote',
    'ticket 7 of 7',
    'erased-er-1',
  ])('is not seen in %s', (text) => {
    expect(matcher.scrubText(text)).toBe(text);
  });

  it('is found in values and keys at any depth; what does not name them stays the same object', () => {
    const data = { userId: '7', count: 7, ids: ['7', 'usr-7f3a91'], by: { 'usr-7f3a91': 2 } };
    expect(matcher.scrub(data)).toEqual({
      userId: 'erased-er-1',
      count: 7,
      ids: ['7', 'erased-er-1'],
      by: { 'erased-er-1': 2 },
    });
    const other = { userId: '8', list: [{ name: 'Bob' }] };
    expect(matcher.scrub(other)).toBe(other);
  });

  it('has a profile that says nothing about who they are', () => {
    const profile = {
      accountId: 'a',
      userId: 'usr-7f3a91',
      name: 'J. D.',
      email: 'x@y.z',
      kind: 'human',
      traits: { phone: '1' },
    };
    expect(matcher.scrubProfile(profile)).toEqual({
      accountId: 'a',
      userId: 'erased-er-1',
      kind: 'human',
      name: 'erased-er-1',
    });
    const other = { accountId: 'a', userId: 'bob', name: 'Bob' };
    expect(matcher.scrubProfile(other)).toBe(other);
  });
});
