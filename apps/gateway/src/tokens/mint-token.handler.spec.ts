import { generateKeyPairSync } from 'node:crypto';
import { loadConfig, TokenVerifier, type CallerIdentity, type PublicKey } from '@tenure/platform';
import { GatewayConfig } from '../gateway.config';
import { MintTokenHandler } from './mint-token.handler';

function keyPair(kid: string) {
  const { privateKey } = generateKeyPairSync('ed25519');
  const { x, d } = privateKey.export({ format: 'jwk' });
  const signing = { kty: 'OKP', crv: 'Ed25519', kid, x: x ?? '', d: d ?? '' } as const;
  const published: PublicKey = { kty: 'OKP', crv: 'Ed25519', kid, x: x ?? '' };
  return { signing, published };
}

const [old, next] = [keyPair('2026-01'), keyPair('2026-02')];
const ada: CallerIdentity = {
  tenant: 'acme',
  subject: 'p1',
  role: 'csm',
  kind: 'person',
  name: 'Ada',
  email: 'ada@acme.example',
};

function minterFor(signing: object): MintTokenHandler {
  const env = {
    DATABASE_URL: 'postgres://nobody@127.0.0.1/none',
    TENURE_TOKEN_PUBLIC_KEYS: JSON.stringify({ keys: [old.published, next.published] }),
    TENURE_TOKEN_PRIVATE_KEY: JSON.stringify(signing),
  };
  return new MintTokenHandler(loadConfig(GatewayConfig, env, 'gateway'));
}

describe('A service token', () => {
  it('says who calls, to one service', async () => {
    const token = await minterFor(old.signing).handle(ada, 'health');
    expect(await new TokenVerifier('health', [old.published]).verify(token)).toEqual(ada);
    await expect(new TokenVerifier('renewals', [old.published]).verify(token)).rejects.toThrow('not valid');
  });

  it('is good for a minute', async () => {
    const token = await minterFor(old.signing).handle(ada, 'health');
    const verifier = new TokenVerifier('health', [old.published]);
    const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);
    await expect(verifier.verify(token, inSeconds(58))).resolves.toEqual(ada);
    await expect(verifier.verify(token, inSeconds(70))).rejects.toThrow('expired');
  });

  it('is used again for half its life, by the same caller for the same service', async () => {
    const minter = minterFor(old.signing);
    const first = minter.handle(ada, 'health', 0);
    expect(minter.handle(ada, 'health', 29_999)).toBe(first);
    expect(minter.handle(ada, 'health', 30_000)).not.toBe(first);
    expect(minter.handle(ada, 'renewals', 0)).not.toBe(first);
    expect(minter.handle({ ...ada, role: 'viewer' }, 'health', 0)).not.toBe(first);
    expect(minter.handle({ ...ada, tenant: 'globex' }, 'health', 0)).not.toBe(first);
  });

  it('passes on both sides of a change of keys, as long as both are published', async () => {
    const verifier = new TokenVerifier('health', [old.published, next.published]);
    expect(await verifier.verify(await minterFor(old.signing).handle(ada, 'health'))).toEqual(ada);
    expect(await verifier.verify(await minterFor(next.signing).handle(ada, 'health'))).toEqual(ada);
    const only = new TokenVerifier('health', [next.published]);
    await expect(only.verify(await minterFor(old.signing).handle(ada, 'health'))).rejects.toThrow('not valid');
  });
});

describe('The signing key', () => {
  it('is refused, unquoted, where it is none', () => {
    const load = (value: unknown) => () => minterFor(value as object);
    expect(load(old.published)).toThrow('TENURE_TOKEN_PRIVATE_KEY has no kid or is no private key');
    expect(load({ ...old.signing, crv: 'X25519' })).toThrow('another kind');
    const faulty = load({ ...old.signing, kid: '' });
    expect(faulty).toThrow('has no kid');
    expect(faulty).not.toThrow(old.signing.d);
  });
});
