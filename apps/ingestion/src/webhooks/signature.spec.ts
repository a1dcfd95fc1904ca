import { type WebhookVendor, webhookVendors } from '@tenure/contracts';
import { signWebhook } from '@tenure/testing';

import { bodyTimeFault, deliveryName, type SignedRequest, verifySignature } from './signature.guard';
import { vendorTable } from './vendors.domain';

const now = new Date('2026-05-03T12:00:00Z');
const url = 'https://hooks.acme.com/in/v1/webhooks/any/src_1';
const body = (vendor: WebhookVendor): string =>
  JSON.stringify({ ...(require(`./fixtures/${vendor}.json`) as object), Ünïcode: '☃' });

const secretOf = (vendor: WebhookVendor, which = 'a'): string =>
  vendorTable[vendor].scheme.secretBytes === 'whsec'
    ? `whsec_${Buffer.from(which.repeat(32)).toString('base64')}`
    : `secret-${which}-of-${vendor}`;

function signed(vendor: WebhookVendor, at = now, secret = secretOf(vendor), text = body(vendor)): SignedRequest {
  const headers = signWebhook(vendor, { url, secret, body: text, at, id: 'msg_1' });
  return { method: 'POST', url, headers, body: Buffer.from(text) };
}

const verify = (vendor: WebhookVendor, request: SignedRequest, secrets = [secretOf(vendor)]) =>
  verifySignature(vendorTable[vendor].scheme, request, secrets, now.getTime());

const signsBody = webhookVendors.filter((vendor) => vendorTable[vendor].scheme.algorithm !== 'shared-secret');
const timed = webhookVendors.filter((vendor) => vendorTable[vendor].scheme.time?.in === 'header');
const timedByBody = webhookVendors.filter((vendor) => vendorTable[vendor].scheme.time?.in === 'body');
const minutes = (n: number): Date => new Date(now.getTime() + n * 60_000);

describe.each([...webhookVendors])('A webhook of %s', (vendor) => {
  it('is believed with its vendor’s signature', () => expect(verify(vendor, signed(vendor))).toBeUndefined());

  it('is not believed with another secret, another vendor’s headers or none', () => {
    expect(verify(vendor, signed(vendor, now, secretOf(vendor, 'b')))).toBe('signature-wrong');
    expect(verify(vendor, { ...signed(vendor), headers: {} })).toBe('signature-missing');
    expect(verify(vendor, signed(vendor), [])).toBe('signature-wrong');
  });

  it('is believed with the old and the new secret while they change, and with neither’s end with one of them', () => {
    const secrets = [secretOf(vendor, 'new'), secretOf(vendor)];
    expect(verify(vendor, signed(vendor), secrets)).toBeUndefined();
    expect(verify(vendor, signed(vendor, now, secrets[0]), secrets)).toBeUndefined();
    expect(verify(vendor, signed(vendor), [secretOf(vendor, 'new')])).toBe('signature-wrong');
  });

  it('has a name that is the same for the same delivery, and another for another', () => {
    const { scheme } = vendorTable[vendor];
    const name = (request: SignedRequest) => deliveryName(scheme, request, JSON.parse(request.body.toString()));
    expect(name(signed(vendor))).toBe(name(signed(vendor)));
    const other = signed(vendor, now, secretOf(vendor), JSON.stringify({ id: 'x', event_id: 'x' }));
    const named =
      scheme.delivery?.in === 'header' ? { ...other, headers: { ...other.headers, 'webhook-id': 'msg_2' } } : other;
    expect(name(named)).not.toBe(name(signed(vendor)));
  });
});

describe.each(signsBody)('The signature of %s', (vendor) => {
  it('covers every byte of the body', () => {
    const request = signed(vendor);
    for (const at of [0, Math.floor(request.body.length / 2), request.body.length - 1]) {
      const tampered = Buffer.from(request.body);
      tampered[at] = (tampered[at] ?? 0) ^ 1;
      expect(verify(vendor, { ...request, body: tampered })).toBe('signature-wrong');
    }
    expect(verify(vendor, { ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) })).toBe(
      'signature-wrong',
    );
  });

  it('cannot be shortened or lengthened', () => {
    const { headers } = signed(vendor);
    const [{ header } = { header: '' }] = vendorTable[vendor].scheme.signature;
    for (const change of [(text: string) => text.slice(0, -4), (text: string) => `${text}00`]) {
      const text = String(headers[header]);
      const forged = vendor === 'stripe' ? text.replace(/v1=\w+/, (part) => change(part)) : change(text);
      expect(verify(vendor, { ...signed(vendor), headers: { ...headers, [header]: forged } })).toBe('signature-wrong');
    }
  });
});

describe.each(timed)('The time of %s', (vendor) => {
  it('may be five minutes off, and no more, either way', () => {
    for (const n of [-4.9, 4.9]) expect(verify(vendor, signed(vendor, minutes(n)))).toBeUndefined();
    expect(verify(vendor, signed(vendor, minutes(-5.1)))).toBe('too-old');
    expect(verify(vendor, signed(vendor, minutes(5.1)))).toBe('too-new');
  });

  it('is signed: an old signature is not renewed by a new time', () => {
    const old = signed(vendor, minutes(-10)).headers;
    const fresh = signed(vendor, now).headers;
    const names = Object.keys(old).filter((name) => name.includes('timestamp'));
    const renewed = Object.fromEntries(names.map((name) => [name, fresh[name]]));
    const headers =
      vendor === 'stripe'
        ? { 'stripe-signature': String(old['stripe-signature']).replace(/t=\d+/, `t=${now.getTime() / 1_000}`) }
        : { ...old, ...renewed };
    expect(verify(vendor, { ...signed(vendor), headers })).toBe('signature-wrong');
  });

  it('has to be there', () => {
    const { headers } = signed(vendor);
    const bare = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.includes('timestamp')));
    const without =
      vendor === 'stripe' ? { 'stripe-signature': String(headers['stripe-signature']).replace(/t=\d+,/, '') } : bare;
    expect(verify(vendor, { ...signed(vendor), headers: without })).toBe('time-missing');
  });
});

describe.each(timedByBody)('The body of %s', (vendor) => {
  it('tells a time that is too old after three days', () => {
    const { scheme } = vendorTable[vendor];
    const sent: unknown = JSON.parse(body(vendor));
    expect(bodyTimeFault(scheme, sent, now.getTime())).toBeUndefined();
    expect(bodyTimeFault(scheme, sent, now.getTime() + 2.9 * 86_400_000)).toBeUndefined();
    expect(bodyTimeFault(scheme, sent, now.getTime() + 3.1 * 86_400_000)).toBe('too-old');
  });
});

describe('HubSpot’s signature', () => {
  it('covers method and public address', () => {
    for (const change of [{ method: 'PUT' }, { url: url.replace('https', 'http') }, { url: `${url}?x=1` }]) {
      expect(verify('hubspot', { ...signed('hubspot'), ...change })).toBe('signature-wrong');
    }
  });
});

describe('Several signatures in one header', () => {
  it('count each: while the vendor changes its own secret it signs with both', () => {
    const mine = signed('stripe').headers['stripe-signature'] as string;
    const other = signed('stripe', now, secretOf('stripe', 'b')).headers['stripe-signature'] as string;
    const both = { 'stripe-signature': `${other.replace(/,v0.*/, '')},${mine.split(',')[1]}` };
    expect(verify('stripe', { ...signed('stripe'), headers: both })).toBeUndefined();
    const standard = signed('standard').headers;
    const two = { ...standard, 'webhook-signature': `v1,AAAA v1a,BBBB ${String(standard['webhook-signature'])}` };
    expect(verify('standard', { ...signed('standard'), headers: two })).toBeUndefined();
  });
});
