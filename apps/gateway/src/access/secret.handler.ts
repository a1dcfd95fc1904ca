import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits as base64url: sessions and sign-in links. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Secrets of 256 random bits need no slow hash: there is nothing to guess. Only this stands in the database. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Whether two secrets are equal, in a time that does not tell where they differ. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(hashSecret(given), hashSecret(expected));
}
