const format = /^tnr_([a-z0-9]{12})_([A-Za-z0-9_-]{43})$/;

/** `tnr_<id>_<secret>`: the id may be shown and logged, the secret (256 random bits) is shown once. */
export function formatKey(keyId: string, secret: string): string {
  const key = `tnr_${keyId}_${secret}`;
  if (!format.test(key)) throw new Error('An API key is built from twelve of a-z and 0-9, and 32 bytes as base64url.');
  return key;
}

/** What people recognise a key by in a list. */
export function keyPrefix(keyId: string): string {
  return `tnr_${keyId}`;
}

/** Whether a text can be one of our keys at all; what cannot needs no query. */
export function looksLikeKey(text: string): boolean {
  return format.test(text);
}
