import type { LookupAddress } from 'node:dns';
import { checkUrl, isPublicAddress } from './address.guard';
import { guardedLookup, RefusedAddress, type Resolve } from './guarded-http.client';

/** Everything here leads inside, or is no address for a webhook. */
const refused = `
http://127.0.0.1/ http://127.1/ http://127.0.1/ http://127.255.255.254:8080/ http://2130706433/ http://017700000001/
http://0177.0.0.1/ http://0x7f000001/ http://0x7f.0.0.1/ http://0x7f.1/ http://127.0.0.1./ http://127.000.000.001/
http://0/ http://0.0.0.0/ http://0.0.0.0:5432/ http://00000000000/ http://10.0.0.1/ http://10.255.255.255/ http://167772161/ http://012.0.0.1/
http://172.16.0.1/ http://172.31.255.255/ http://0xac100001/ http://192.168.0.1/ http://192.168.1.254:6379/ http://3232235521/
http://169.254.169.254/latest/meta-data/ http://2852039166/ http://0xa9fea9fe/ http://0251.0376.0251.0376/ http://169.254.0.1/
http://100.64.0.1/ http://100.100.100.200/ http://100.127.255.255/ http://168.63.129.16/ http://192.0.0.192/ http://192.0.0.1/
http://192.0.2.1/ http://198.18.0.1/ http://198.51.100.1/ http://203.0.113.9/ http://224.0.0.1/ http://239.255.255.250/
http://240.0.0.1/ http://255.255.255.255/ http://192.88.99.1/
http://[::1]/ http://[::]/ http://[0:0:0:0:0:0:0:1]/ http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://[::ffff:169.254.169.254]/
http://[::ffff:8.8.8.8]/ http://[::127.0.0.1]/ http://[::ffff:0:127.0.0.1]/ http://[fe80::1]/ http://[febf::1]/ http://[fec0::1]/
http://[fc00::1]/ http://[fd00::1]/ http://[fd00:ec2::254]/ http://[fd12:3456:789a::1]/ http://[ff02::1]/ http://[ff0e::1]/
http://[64:ff9b::7f00:1]/ http://[64:ff9b::a9fe:a9fe]/ http://[64:ff9b::808:808]/ http://[64:ff9b:1::1]/ http://[2002:7f00:1::]/
http://[2002:a9fe:a9fe::1]/ http://[2001::1]/ http://[2001:0:7f00:1::]/ http://[2001:db8::1]/ http://[2001:10::1]/ http://[3fff::1]/
http://[100::1]/ http://[5f00::1]/ http://[4000::1]/
http://localhost/ http://LOCALHOST:22/ http://localhost./ http://foo.localhost/ http://printer.local/ http://metadata.google.internal/
http://metadata.google.internal./ http://db.lan/ http://router.home.arpa/ http://\u2460\u2461\u2466.0.0.1/ http://127\u30020\u30020\u30021/
http://user@example.com/ http://user:secret@example.com/ http://example.com@127.0.0.1/ http://127.0.0.1\\@example.com/
ftp://example.com/ file:///etc/passwd gopher://example.com/ javascript:alert(1) data:text/plain,x ws://example.com/ unix:/tmp/x
//example.com/ example.com http:// http://[::1 http://[fe80::1%25eth0]/ http://256.256.256.256/ http://1.2.3.4.5/
`
  .split(/\s+/)
  .filter(Boolean);

const allowed = [
  'https://example.com/hooks',
  'http://example.com:8080/hooks?x=1',
  'https://hooks.slack.com/services/T000/B000/XXXX',
  'https://8.8.8.8/',
  'http://93.184.216.34:9092/',
  'https://[2606:2800:220:1:248:1893:25c8:1946]/',
  'https://xn--bcher-kva.example/',
  'https://local.example.com/',
];

describe('the address of a destination', () => {
  it(`is refused in each of ${refused.length} ways in`, () => {
    expect(refused.length).toBeGreaterThan(60);
    expect(refused.filter((url) => checkUrl(url, false) === null)).toEqual([]);
  });

  it.each(allowed)('may be %s', (url) => {
    expect(checkUrl(url, false)).toBeNull();
  });

  it('may be private where the operator allows it, and is a plain http address even there', () => {
    expect(checkUrl('http://127.0.0.1:9999/hook', true)).toBeNull();
    expect(checkUrl('http://localhost/hook', true)).toBeNull();
    expect(checkUrl('file:///etc/passwd', true)).toMatchObject({ code: 'wrong-url' });
    expect(checkUrl('http://user:pw@localhost/', true)).toMatchObject({ code: 'wrong-url' });
  });

  it('is judged as an address in any form that a resolver gives', () => {
    for (const address of [
      '127.0.0.1',
      '::1',
      '::ffff:10.0.0.1',
      'fe80::1%eth0',
      '10.1.2.3',
      '',
      'nonsense',
      '0x7f.1',
      '1',
    ])
      expect([address, isPublicAddress(address)]).toEqual([address, false]);
    for (const address of ['1.1.1.1', '2606:4700:4700::1111']) expect(isPublicAddress(address)).toBe(true);
  });
});

describe('the look-up', () => {
  const resolveTo =
    (...answers: LookupAddress[][]): Resolve =>
    (_host, _options, done) =>
      done(null, answers.length > 1 ? answers.shift()! : answers[0]!);

  const look = (resolve: Resolve, allowPrivate = false, all = true) =>
    new Promise<unknown>((settle) => {
      guardedLookup(allowPrivate, resolve)('rebind.example', { all }, (error, address) => settle(error ?? address));
    });

  const open = { address: '93.184.216.34', family: 4 };
  const closed = { address: '127.0.0.1', family: 4 };

  it('hands the socket what was checked, and resolves only once for it', async () => {
    let asked = 0;
    const resolve: Resolve = (_host, _options, done) => {
      asked += 1;
      done(null, [open]);
    };
    expect(await look(resolve)).toEqual([open]);
    expect(await look(resolve, false, false)).toBe(open.address);
    expect(asked).toBe(2);
  });

  it('refuses a name of which any address is private', async () => {
    expect(await look(resolveTo([closed]))).toBeInstanceOf(RefusedAddress);
    expect(await look(resolveTo([open, closed]))).toBeInstanceOf(RefusedAddress);
    expect(await look(resolveTo([open, { address: '::ffff:127.0.0.1', family: 6 }]))).toBeInstanceOf(RefusedAddress);
    expect(await look(resolveTo([closed]), true)).toEqual([closed]);
  });

  it('is not fooled by a resolver that changes its mind: 1,000 tries', async () => {
    let turn = 0;
    const rebinding: Resolve = (_host, _options, done) => done(null, [turn++ % 2 === 0 ? open : closed]);
    const connected: unknown[] = [];
    for (let tries = 0; tries < 1_000; tries++) {
      const got = await look(rebinding);
      if (!(got instanceof RefusedAddress)) connected.push(got);
    }
    expect(connected).toEqual(Array.from({ length: 500 }, () => [open]));
    expect(turn).toBe(1_000);
  });
});
