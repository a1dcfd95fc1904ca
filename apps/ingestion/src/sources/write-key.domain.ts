import type { SourceKind, SourceMode, SourceState } from '@tenure/contracts';

/** What a write key opens. */
export interface KeyedSource {
  readonly tenantId: string;
  readonly sourceId: string;
  readonly kind: SourceKind;
  readonly mode: SourceMode;
  readonly state: SourceState;
}

/** Enough to recognise a key in a list, not enough to use it. */
export const prefixOf = (key: string): string => key.slice(0, 9);

/**
 * The write key of a request: Basic (the key is the user name, as SDKs send it), bearer, or `writeKey` in the body.
 * An empty one counts as none.
 */
export function presentedKey(authorization: string | undefined, body: unknown): string | undefined {
  const fromHeader = keyInHeader(authorization ?? '');
  if (fromHeader) return fromHeader;
  const inBody = typeof body === 'object' && body !== null ? (body as { writeKey?: unknown }).writeKey : undefined;
  return typeof inBody === 'string' && inBody !== '' ? inBody : undefined;
}

function keyInHeader(authorization: string): string | undefined {
  const [scheme = '', value = ''] = authorization.trim().split(/\s+/, 2);
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return undefined;
  return Buffer.from(value, 'base64').toString('utf8').split(':', 1)[0];
}
