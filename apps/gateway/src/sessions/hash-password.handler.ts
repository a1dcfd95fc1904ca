import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** OWASP's second choice (N = 2^15, r = 8, p = 3): 32 MiB and about a tenth of a second a try. */
const cost = { log2N: 15, r: 8, p: 3 };
const keyLength = 32;

interface Parameters {
  readonly log2N: number;
  readonly r: number;
  readonly p: number;
}

/** @returns `scrypt$15$8$3$<salt>$<key>`: the parameters stand with the hash, so that they can rise without a reset */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.log2N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** False for a wrong password, and for a person who has none; both take the same time, so that nobody learns who exists. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const known = stored === null ? undefined : parse(stored);
  const { parameters, salt, key } = known ?? { parameters: cost, salt: Buffer.alloc(16), key: Buffer.alloc(keyLength) };
  const derived = await derive(password, salt, parameters);
  return timingSafeEqual(derived, key) && known !== undefined;
}

function parse(stored: string): { parameters: Parameters; salt: Buffer; key: Buffer } | undefined {
  const [scheme, log2N, r, p, salt, key] = stored.split('$');
  if (scheme !== 'scrypt' || !salt || !key) return undefined;
  const bytes = Buffer.from(key, 'base64url');
  if (bytes.length !== keyLength) return undefined;
  return {
    parameters: { log2N: Number(log2N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    key: bytes,
  };
}

function derive(password: string, salt: Buffer, { log2N, r, p }: Parameters): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** log2N, r, p, maxmem: 256 * 2 ** log2N * r };
  return new Promise((resolve, reject) => {
    // NFKC: the same password typed on another keyboard is the same password.
    scrypt(password.normalize('NFKC'), salt, keyLength, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
