import fc from 'fast-check';
import {
  accountNotNamed,
  inputEvents,
  issueCodes,
  partitionKey,
  ticketChanged,
  trimIds,
  usageRecorded,
  validateData,
  validateEnvelope,
  validateInput,
} from './index';

const envelope = {
  specversion: '1.0',
  id: 'e-1',
  source: '/sources/s-1',
  type: 'tenure.usage.recorded.v1',
  subject: 'acme',
  time: '2026-05-04T09:12:45Z',
  tenantid: 'tenant-1',
  partitionkey: 'tenant-1:acme',
  receivedat: '2026-05-04T09:12:46Z',
  datacontenttype: 'application/json',
  data: {},
};

describe('validateData', () => {
  it('keeps unknown extra fields', () => {
    const data = { accountId: 'acme', event: 'Login', colour: { deep: ['red'] } };
    expect(validateData(usageRecorded, data)).toEqual({ ok: true });
    expect(data.colour).toEqual({ deep: ['red'] });
  });

  it('gives the same frozen answer to everything valid', () => {
    const answer = validateData(usageRecorded, { accountId: 'acme', event: 'Login' });
    expect(validateData(usageRecorded, { accountId: 'other', event: 'Logout' })).toBe(answer);
    expect(Object.isFrozen(answer)).toBe(true);
  });

  it('lets null clear an optional field of a state event, and not a required one', () => {
    const ticket = { accountId: 'a', ticketId: 't', change: 'updated', status: 'open', priority: 'low' };
    expect(validateData(ticketChanged, { ...ticket, kind: null, tags: null, csat: null })).toEqual({ ok: true });
    expect(validateData(ticketChanged, { ...ticket, status: null })).toMatchObject({ pointer: '/status' });
  });

  it('answers any JSON without throwing, with a code of the closed list', () => {
    const property = fc.property(fc.jsonValue(), fc.constantFrom(...inputEvents), (value, definition) => {
      const answer = validateData(definition, value);
      return answer.ok || issueCodes.includes(answer.code);
    });
    expect(() => fc.assert(property, { numRuns: 500 })).not.toThrow();
  });
});

describe('validateInput', () => {
  it.each([
    { accountRef: { system: 'salesforce', id: '001' } },
    { accountDomain: 'example.com' },
    { accountId: 'acme' },
  ])('takes an account named by %j', (naming) => {
    expect(validateInput(usageRecorded, { ...naming, event: 'Login' })).toEqual({ ok: true });
    expect(accountNotNamed({ ...naming, event: 'Login' })).toBeNull();
  });

  it('refuses a reference without its system', () => {
    const answer = validateInput(usageRecorded, { accountRef: { id: '001' }, event: 'Login' });
    expect(answer).toMatchObject({ ok: false, code: 'missing-field', pointer: '/accountRef/system' });
  });

  it('leaves an event of a user without account to the memberships, and tells one that names nobody', () => {
    expect(accountNotNamed({ userId: 'u-1' })).toBeNull();
    expect(accountNotNamed({ event: 'Login' })).toMatchObject({ code: 'account-not-named', pointer: '/accountId' });
  });
});

describe('trimIds', () => {
  it('trims ids wherever they stand, and no other text', () => {
    const sent = {
      accountRef: { system: 'crm', id: ' 001 ' },
      userId: '\tu-1',
      event: ' Login ',
      groups: { team: ' t-1 ' },
      properties: { id: ' keep ' },
    };
    expect(trimIds(usageRecorded, sent)).toEqual({
      accountRef: { system: 'crm', id: '001' },
      userId: 'u-1',
      event: ' Login ',
      groups: { team: 't-1' },
      properties: { id: ' keep ' },
    });
  });

  it('leaves what is no id, no text or no object to the validator', () => {
    expect(trimIds(usageRecorded, { userId: 7, groups: null })).toEqual({ userId: 7, groups: null });
    expect(trimIds(usageRecorded, 'text')).toBe('text');
  });
});

describe('validateEnvelope', () => {
  it('takes a whole envelope', () => {
    expect(validateEnvelope(envelope)).toEqual({ ok: true });
    expect(partitionKey('tenant-1', 'acme')).toBe(envelope.partitionkey);
  });

  it.each([
    [{ partitionkey: 'tenant-2:acme' }, '/partitionkey'],
    [{ tenantid: 'Tenant_1' }, '/tenantid'],
    [{ time: '2026-05-04' }, '/time'],
    [{ time: '2026-05-04 09:12:45Z' }, '/time'],
    [{ time: '2026-06-30T23:59:60Z' }, '/time'],
    [{ specversion: '0.3' }, '/specversion'],
    [{ type: 'usage.recorded' }, '/type'],
    [{ data: undefined }, '/data'],
    [{ id: 'e\u0000' }, '/id'],
  ])('refuses %j', (change, pointer) => {
    const changed = JSON.parse(JSON.stringify({ ...envelope, ...change })) as unknown;
    expect(validateEnvelope(changed)).toMatchObject({ ok: false, pointer });
  });

  it.each([null, 'text', [], 7])('refuses %j', (value) => {
    expect(validateEnvelope(value)).toMatchObject({ ok: false, code: 'wrong-type' });
  });
});
