import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import { readInstant } from '../intake/instant.domain';
import { atPointer } from '../mappings/pointer.domain';
import type { HeaderPart, Scheme, StatedTime } from './scheme.domain';

/** A request as it came, the body byte for byte. */
export interface SignedRequest {
  readonly method: string;
  /** As the vendor knows it: with the public host. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** Why a request is not believed. None of them says anything about the secret. */
export type Disbelief = 'signature-missing' | 'signature-wrong' | 'time-missing' | 'too-old' | 'too-new';

/**
 * Whether one of the secrets signed the request, by the row of its vendor. Every secret and every signature is tried,
 * and compared in constant time. A time in a header is checked here, one in the body by `bodyTimeFault`.
 */
export function verifySignature(
  scheme: Scheme,
  request: SignedRequest,
  secrets: readonly string[],
  nowMs: number,
): Disbelief | undefined {
  const given = scheme.signature.flatMap((part) => valuesIn(request, part));
  if (given.length === 0) return 'signature-missing';
  const stamp = stampOf(scheme, request);
  if (stamp === undefined) return 'time-missing';
  const message = signedMessage(scheme, request, stamp);
  let right = false;
  for (const secret of secrets) {
    const expected = expectedOf(scheme, secret, message);
    for (const each of given) right = sameText(expected, each) || right;
  }
  if (!right) return 'signature-wrong';
  if (scheme.time?.in !== 'header') return undefined;
  const statedMs = instantOf(stamp, scheme.time.unit);
  return statedMs === undefined ? 'time-missing' : timeFault(statedMs, nowMs, scheme.toleranceS);
}

/** As far as the body tells a time: whether that is too long ago for a first delivery or a retry. */
export function bodyTimeFault(scheme: Scheme, body: unknown, nowMs: number): Disbelief | undefined {
  if (scheme.time?.in !== 'body') return undefined;
  for (const pointer of scheme.time.pointers) {
    const statedMs = readInstant(atPointer(body, pointer));
    if (statedMs !== undefined) return timeFault(statedMs, nowMs, scheme.toleranceS);
  }
  return undefined;
}

/** The name of the delivery: the vendor's own where it is signed, else the digest of what was signed. */
export function deliveryName(scheme: Scheme, request: SignedRequest, body: unknown): string {
  const { delivery } = scheme;
  const named =
    delivery?.in === 'header' ? valuesIn(request, delivery)[0] : delivery && atPointer(body, delivery.pointer);
  if ((typeof named === 'string' && named !== '') || typeof named === 'number') return `id:${digest(String(named))}`;
  return `signed:${digest(signedMessage(scheme, request, stampOf(scheme, request) ?? ''))}`;
}

const digest = (text: string | Buffer): string => createHash('sha256').update(text).digest('base64url');

function valuesIn(request: SignedRequest, { header, separator, prefix = '' }: HeaderPart): string[] {
  const raw = request.headers[header];
  const text = typeof raw === 'string' ? raw : (raw?.[0] ?? '');
  const parts = separator === undefined ? [text] : text.split(separator);
  return parts
    .map((part) => part.trim())
    .filter((part) => part.startsWith(prefix) && part.length > prefix.length)
    .map((part) => part.slice(prefix.length));
}

/** The time's text as it was signed; empty where the scheme has none in a header, undefined where it is missing. */
function stampOf({ time }: Scheme, request: SignedRequest): string | undefined {
  return time?.in === 'header' ? valuesIn(request, time)[0] : '';
}

function signedMessage(scheme: Scheme, request: SignedRequest, stamp: string): Buffer {
  const texts: Readonly<Record<string, string>> = {
    timestamp: stamp,
    id: scheme.delivery?.in === 'header' ? (valuesIn(request, scheme.delivery)[0] ?? '') : '',
    method: request.method,
    url: request.url,
  };
  const parts = scheme.message.split(/\{(\w+)\}/);
  return Buffer.concat(
    parts.map((part, at) => {
      if (at % 2 === 0) return Buffer.from(part);
      return part === 'body' ? request.body : Buffer.from(texts[part] ?? '');
    }),
  );
}

/** As it stands in the header; for a shared secret that is the secret. */
function expectedOf({ algorithm, encoding, secretBytes }: Scheme, secret: string, message: Buffer): string {
  if (algorithm === 'shared-secret' || encoding === 'text') return secret;
  const key = secretBytes === 'whsec' ? Buffer.from(secret.replace(/^whsec_/, ''), 'base64') : Buffer.from(secret);
  return createHmac(algorithm, key).update(message).digest(encoding);
}

/** By their digests, whose lengths are alike whatever was given. */
function sameText(expected: string, given: string): boolean {
  const [one, other] = [expected, given].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}

function instantOf(stamp: string, unit: Extract<StatedTime, { in: 'header' }>['unit']): number | undefined {
  if (unit === 'iso') return readInstant(stamp);
  const value = /^\d{1,15}$/.test(stamp) ? Number(stamp) : undefined;
  return value === undefined || unit === 'ms' ? value : value * 1_000;
}

function timeFault(statedMs: number, nowMs: number, toleranceS: number): Disbelief | undefined {
  if (statedMs < nowMs - toleranceS * 1_000) return 'too-old';
  return statedMs > nowMs + toleranceS * 1_000 ? 'too-new' : undefined;
}
