import { errors, importJWK, jwtVerify, SignJWT, type CryptoKey, type JWK } from 'jose';
import type { PublicKey } from '../config/public-keys';
import { Problem } from '../errors/problem';
import type { CallerIdentity } from './caller';
import { roles, type Role } from './roles';

/** Seconds a token lives: long enough for one request to arrive. */
export const tokenLifetime = 60;
/** Seconds two machines' clocks may differ. */
const clockTolerance = 5;
const issuer = 'tenure-gateway';
const algorithm = 'EdDSA';

export interface TokenClaims extends CallerIdentity {
  /** The one service that may accept the token. */
  readonly audience: string;
}

/** Signs what the gateway hands to a service. `privateJwk` is Ed25519 and has a `kid`; `now` is for tests. */
export async function signServiceToken(privateJwk: JWK, claims: TokenClaims, now = new Date()): Promise<string> {
  const { audience, tenant, subject, role, kind, name, email } = claims;
  const seconds = Math.floor(now.getTime() / 1_000);
  return new SignJWT({ tenant, role, kind, name, email })
    .setProtectedHeader({ alg: algorithm, kid: privateJwk.kid ?? '', typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + tokenLifetime)
    .sign(await importJWK(privateJwk, algorithm));
}

/** Verifies tokens for one service against the gateway's public keys. */
export class TokenVerifier {
  private readonly keys = new Map<string, Promise<CryptoKey | Uint8Array>>();

  constructor(
    private readonly audience: string,
    publicKeys: readonly PublicKey[],
  ) {
    for (const key of publicKeys) this.keys.set(key.kid, importJWK({ ...key }, algorithm));
  }

  /** @throws Problem `unauthenticated`: another key, service or algorithm, expired, or claims that are not complete */
  async verify(token: string, now = new Date()): Promise<CallerIdentity> {
    const { payload } = await jwtVerify(token, ({ kid }) => this.keyOf(kid), {
      algorithms: [algorithm],
      issuer,
      audience: this.audience,
      clockTolerance,
      // Bounds a token that was signed for longer than we ever do.
      maxTokenAge: tokenLifetime,
      requiredClaims: ['sub', 'exp', 'iat'],
      currentDate: now,
    }).catch((error: unknown) => {
      throw refused(error);
    });
    return toCaller(payload);
  }

  private async keyOf(kid: string | undefined): Promise<CryptoKey | Uint8Array> {
    const key = this.keys.get(kid ?? '');
    if (!key) throw new errors.JWKSNoMatchingKey();
    return key;
  }
}

function refused(cause: unknown): Problem {
  const detail = cause instanceof errors.JWTExpired ? 'The token has expired.' : 'The token is not valid here.';
  return new Problem('unauthenticated', detail, { cause });
}

function toCaller(payload: Record<string, unknown>): CallerIdentity {
  const { tenant, sub, role, kind, name, email } = payload;
  const complete = isText(tenant) && isText(sub) && isRole(role) && (kind === 'person' || kind === 'key');
  if (!complete || !isText(name) || !(email === null || typeof email === 'string')) {
    throw new Problem('unauthenticated', 'The token does not say who calls.');
  }
  return { tenant, subject: sub, role, kind, name, email };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isRole(value: unknown): value is Role {
  return roles.some((role) => role === value);
}
