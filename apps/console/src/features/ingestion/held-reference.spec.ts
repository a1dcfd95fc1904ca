import { referenceText } from './held-reference';

it('a held event names its account in the words of its source', () => {
  expect(referenceText({ accountRef: { system: 'salesforce', id: '0015' } })).toBe('salesforce 0015');
  expect(referenceText({ accountDomain: 'acme.com' })).toBe('acme.com');
  expect(referenceText({ userId: 'u-17' })).toBe('user u-17');
  expect(referenceText({})).toBe('an unnamed account');
});
