/** A set of user ordinals, one bit each, little end first. Read-only by convention: the functions below make new ones. */
export type Bitmap = Uint8Array;

export const EMPTY_BITMAP: Bitmap = new Uint8Array(0);

export function bitmapOf(ordinals: Iterable<number>): Bitmap {
  const all = [...ordinals];
  if (all.length === 0) return EMPTY_BITMAP;
  const bits = new Uint8Array((all.reduce((most, one) => Math.max(most, one), 0) >> 3) + 1);
  for (const ordinal of all) bits[ordinal >> 3] = (bits[ordinal >> 3] ?? 0) | (1 << (ordinal & 7));
  return bits;
}

/** The set with one more ordinal; the same object when it is already there. */
export function bitmapWith(bits: Bitmap, ordinal: number): Bitmap {
  if (bitmapHas(bits, ordinal)) return bits;
  const bytes = new Uint8Array(Math.max(bits.length, (ordinal >> 3) + 1));
  bytes.set(bits);
  bytes[ordinal >> 3] = (bytes[ordinal >> 3] ?? 0) | (1 << (ordinal & 7));
  return bytes;
}

export function bitmapHas(bits: Bitmap, ordinal: number): boolean {
  return ((bits[ordinal >> 3] ?? 0) & (1 << (ordinal & 7))) !== 0;
}

export function bitmapOr(a: Bitmap, b: Bitmap): Bitmap {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  const bytes = new Uint8Array(long);
  for (let i = 0; i < short.length; i++) bytes[i] = (bytes[i] ?? 0) | (short[i] ?? 0);
  return bytes;
}

/** Members of `a` that are not in `b`. */
export function bitmapWithout(a: Bitmap, b: Bitmap): Bitmap {
  const bytes = new Uint8Array(a);
  for (let i = Math.min(a.length, b.length) - 1; i >= 0; i--) bytes[i] = (a[i] ?? 0) & ~(b[i] ?? 0);
  return bytes;
}

/** Whether `a` has a member that is not in `b`; makes nothing. */
export function bitmapExceeds(a: Bitmap, b: Bitmap): boolean {
  for (let i = 0; i < a.length; i++) if (((a[i] ?? 0) & ~(b[i] ?? 0)) !== 0) return true;
  return false;
}

export function isSameBitmap(a: Bitmap, b: Bitmap): boolean {
  return !bitmapExceeds(a, b) && !bitmapExceeds(b, a);
}

/** Members in a byte: half the byte's, plus its lowest bit. */
const ONES = new Uint8Array(256);
for (let byte = 1; byte < 256; byte++) ONES[byte] = (ONES[byte >> 1] ?? 0) + (byte & 1);

/** How many members. */
export function popcount(bits: Bitmap): number {
  let count = 0;
  for (const byte of bits) count += ONES[byte] ?? 0;
  return count;
}

export function bitmapOrdinals(bits: Bitmap): number[] {
  const found: number[] = [];
  for (let ordinal = 0; ordinal < bits.length * 8; ordinal++) if (bitmapHas(bits, ordinal)) found.push(ordinal);
  return found;
}
