/** An Ed25519 public key of a JWKS. */
export interface PublicKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly kid: string;
  readonly x: string;
}

const expected = 'expected: a JWKS of Ed25519 public keys with kid, as JSON, or @path to one';

/** Reads `{"keys":[…]}` from text, or from the file after an `@`; refuses private and foreign keys. */
export function parsePublicKeys(readFile: (path: string, encoding: 'utf8') => string) {
  return (text: string): readonly PublicKey[] => {
    const json = text.startsWith('@') ? readKeyFile(readFile, text.slice(1)) : text;
    return keysOf(parseJson(json)).map(toPublicKey);
  };
}

function readKeyFile(readFile: (path: string, encoding: 'utf8') => string, path: string): string {
  try {
    return readFile(path, 'utf8');
  } catch {
    throw new Error(`names the file ${path}, which cannot be read, ${expected}`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`is not JSON, ${expected}`);
  }
}

function keysOf(value: unknown): readonly unknown[] {
  const keys = typeof value === 'object' && value !== null && 'keys' in value ? value.keys : undefined;
  if (!Array.isArray(keys)) throw new Error(`has no list "keys", ${expected}`);
  return keys as readonly unknown[];
}

function toPublicKey(value: unknown): PublicKey {
  const key = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  // A private key in a variable that every service reads would let any of them sign.
  if ('d' in key) throw new Error(`holds a private key, ${expected}`);
  const { kty, crv, kid, x } = key;
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof kid !== 'string' || typeof x !== 'string') {
    throw new Error(`has a key of another kind or without kid, ${expected}`);
  }
  return { kty, crv, kid, x };
}
