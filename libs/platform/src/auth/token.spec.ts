import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWK } from 'jose';
import type { PublicKey } from '../config/public-keys';
import { signServiceToken, TokenVerifier, type TokenClaims } from './token';

const now = new Date('2026-11-22T12:00:00Z');
const claims: TokenClaims = {
  audience: 'health',
  tenant: 'acme',
  subject: 'person-1',
  role: 'csm',
  kind: 'person',
  name: 'Ada',
  email: 'ada@acme.test',
};

async function newKey(kid: string): Promise<{ privateJwk: JWK; publicJwk: PublicKey }> {
  const pair = await generateKeyPair('EdDSA', { extractable: true });
  const { x } = await exportJWK(pair.publicKey);
  return {
    privateJwk: { ...(await exportJWK(pair.privateKey)), kid },
    publicJwk: { kty: 'OKP', crv: 'Ed25519', kid, x: x ?? '' },
  };
}

let one: Awaited<ReturnType<typeof newKey>>;
let two: Awaited<ReturnType<typeof newKey>>;
let verifier: TokenVerifier;

beforeAll(async () => {
  one = await newKey('one');
  two = await newKey('two');
  verifier = new TokenVerifier('health', [one.publicJwk, two.publicJwk]);
});

const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const refused = { code: 'unauthenticated', status: 401 };

describe('a token', () => {
  it('says who calls', async () => {
    const { audience, ...caller } = claims;
    expect(audience).toBe('health');
    expect(await verifier.verify(await signServiceToken(one.privateJwk, claims, now), now)).toEqual(caller);
  });

  it('may be signed with either key while keys are rotated', async () => {
    const token = await signServiceToken(
      two.privateJwk,
      { ...claims, role: 'operator', kind: 'key', email: null },
      now,
    );
    expect(await verifier.verify(token, now)).toMatchObject({ role: 'operator', kind: 'key', email: null });
  });

  it('lives for a minute, and a little for clocks that differ', async () => {
    const token = await signServiceToken(one.privateJwk, claims, now);
    await expect(verifier.verify(token, later(63))).resolves.toBeDefined();
    await expect(verifier.verify(token, later(66))).rejects.toMatchObject({
      ...refused,
      detail: 'The token has expired.',
    });
    await expect(verifier.verify(token, later(-60))).rejects.toMatchObject(refused);
  });

  it('is refused by another service', async () => {
    const token = await signServiceToken(one.privateJwk, { ...claims, audience: 'reporting' }, now);
    await expect(verifier.verify(token, now)).rejects.toMatchObject(refused);
  });

  it('is refused when its key is unknown, or is another than it says', async () => {
    const three = await newKey('three');
    const unknown = await signServiceToken(three.privateJwk, claims, now);
    const pretending = await signServiceToken({ ...three.privateJwk, kid: 'one' }, claims, now);
    for (const token of [unknown, pretending]) await expect(verifier.verify(token, now)).rejects.toMatchObject(refused);
  });

  it('is refused without a signature, or with one that the public key itself could make', async () => {
    const payload = { tenant: 'acme', role: 'admin', kind: 'person', name: 'A', email: null };
    const set = {
      iss: 'tenure-gateway',
      aud: 'health',
      sub: 'x',
      iat: now.getTime() / 1_000,
      exp: now.getTime() / 1_000 + 60,
    };
    const none = new UnsecuredJWT({ ...payload, ...set }).encode();
    const hmac = await new SignJWT({ ...payload, ...set })
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .sign(Buffer.from(one.publicJwk.x, 'base64url'));
    for (const token of [none, hmac, 'x', 'a.b.c'])
      await expect(verifier.verify(token, now)).rejects.toMatchObject(refused);
  });

  it('is refused when it lives longer than any of ours, or does not say who calls', async () => {
    const other = { ...claims, role: 'owner' as 'admin' };
    await expect(verifier.verify(await signServiceToken(one.privateJwk, other, now), now)).rejects.toMatchObject(
      refused,
    );
    const { importJWK } = await import('jose');
    const long = await new SignJWT({ tenant: 'acme', role: 'csm', kind: 'key', name: 'k', email: null })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'one' })
      .setIssuer('tenure-gateway')
      .setAudience('health')
      .setSubject('k')
      .setIssuedAt(now.getTime() / 1_000 - 3_600)
      .setExpirationTime(now.getTime() / 1_000 + 3_600)
      .sign(await importJWK(one.privateJwk, 'EdDSA'));
    await expect(verifier.verify(long, now)).rejects.toMatchObject(refused);
  });
});
