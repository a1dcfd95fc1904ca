/** An Ed25519 private key as JWK. `kid` names the public key that services verify with. */
export interface SigningKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly kid: string;
  readonly x: string;
  readonly d: string;
}

const expected = 'expected: an Ed25519 private JWK with kid, as JSON, or @path to one';

/** Reads a signing key from text, or from the file after an `@`. Messages never quote the text: it is a secret. */
export function parseSigningKey(readFile: (path: string) => string) {
  return (text: string): SigningKey => {
    const key = parseJson(text.startsWith('@') ? fileText(readFile, text.slice(1)) : text);
    const { kty, crv, kid, x, d } = key;
    if (kty !== 'OKP' || crv !== 'Ed25519') throw new Error(`is a key of another kind, ${expected}`);
    if (typeof kid !== 'string' || kid === '' || typeof x !== 'string' || typeof d !== 'string') {
      throw new Error(`has no kid or is no private key, ${expected}`);
    }
    return { kty, crv, kid, x, d };
  };
}

/** A key that services do not know would have every request refused: say so at the start, not at the first request. */
export function isPublished(
  key: SigningKey,
  published: readonly { readonly kid: string; readonly x: string }[],
): boolean {
  return published.some((each) => each.kid === key.kid && each.x === key.x);
}

function fileText(readFile: (path: string) => string, path: string): string {
  try {
    return readFile(path);
  } catch {
    throw new Error(`names the file ${path}, which cannot be read, ${expected}`);
  }
}

function parseJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    throw new Error(`is not JSON, ${expected}`);
  }
}
