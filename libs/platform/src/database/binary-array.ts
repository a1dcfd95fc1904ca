/**
 * Arrays as PostgreSQL reads them in binary. A parameter that is a Buffer is sent as it is, so that neither side writes
 * or parses text: for a list of thousands that was a fifth of what folding an event cost.
 */
const oids = { bool: 16, bytea: 17, int8: 20, int4: 23, text: 25, float8: 701, timestamptz: 1184, uuid: 2950 } as const;
const headerBytes = 20;
/** Milliseconds from 1970 to 2000, where PostgreSQL counts its microseconds from. */
const epochMs = 946_684_800_000;

type ArrayType = keyof typeof oids;

function header(bytes: Buffer, type: ArrayType, count: number, nulls: boolean): void {
  // Dimensions, whether it has nulls, type; then length and lower bound of the one dimension.
  bytes.writeInt32BE(1, 0);
  bytes.writeInt32BE(nulls ? 1 : 0, 4);
  bytes.writeInt32BE(oids[type], 8);
  bytes.writeInt32BE(count, 12);
  bytes.writeInt32BE(1, 16);
}

/** Elements that all take `width` bytes, or are null. */
function fixed<T>(
  type: ArrayType,
  width: number,
  list: readonly (T | null)[],
  write: (bytes: Buffer, value: T, at: number) => void,
): Buffer {
  const nulls = list.reduce((count, value) => count + (value === null ? 1 : 0), 0);
  const bytes = Buffer.allocUnsafe(headerBytes + list.length * 4 + (list.length - nulls) * width);
  header(bytes, type, list.length, nulls > 0);
  let at = headerBytes;
  for (const value of list) {
    bytes.writeInt32BE(value === null ? -1 : width, at);
    at += 4;
    if (value === null) continue;
    write(bytes, value, at);
    at += width;
  }
  return bytes;
}

export const int4s = (list: readonly (number | null)[]): Buffer =>
  fixed('int4', 4, list, (bytes, value, at) => bytes.writeInt32BE(value, at));

export const int8s = (list: readonly (number | bigint | null)[]): Buffer =>
  fixed('int8', 8, list, (bytes, value, at) => bytes.writeBigInt64BE(BigInt(value), at));

export const float8s = (list: readonly (number | null)[]): Buffer =>
  fixed('float8', 8, list, (bytes, value, at) => bytes.writeDoubleBE(value, at));

export const bools = (list: readonly (boolean | null)[]): Buffer =>
  fixed('bool', 1, list, (bytes, value, at) => bytes.writeUInt8(value ? 1 : 0, at));

/** Instants in milliseconds since 1970. */
export const timestamps = (list: readonly (number | null)[]): Buffer =>
  fixed('timestamptz', 8, list, (bytes, value, at) =>
    bytes.writeBigInt64BE(BigInt(Math.round((value - epochMs) * 1_000)), at),
  );

/** UUIDs, each as a string of 16 characters that are its bytes. */
export const uuids = (list: readonly string[]): Buffer =>
  fixed('uuid', 16, list, (bytes, value, at) => bytes.write(value, at, 16, 'latin1'));

export function texts(list: readonly (string | null)[]): Buffer {
  const sizes = list.map((value) => (value === null ? 0 : Buffer.byteLength(value)));
  return variable('text', list, sizes, (bytes, value, at, size) => bytes.write(value, at, size, 'utf8'));
}

export function byteas(list: readonly (Uint8Array | null)[]): Buffer {
  const sizes = list.map((value) => value?.length ?? 0);
  return variable('bytea', list, sizes, (bytes, value, at) => bytes.set(value, at));
}

function variable<T>(
  type: ArrayType,
  list: readonly (T | null)[],
  sizes: readonly number[],
  write: (bytes: Buffer, value: T, at: number, size: number) => void,
): Buffer {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const bytes = Buffer.allocUnsafe(headerBytes + list.length * 4 + total);
  header(bytes, type, list.length, list.includes(null));
  let at = headerBytes;
  for (const [index, value] of list.entries()) {
    const size = sizes[index] ?? 0;
    bytes.writeInt32BE(value === null ? -1 : size, at);
    at += 4;
    if (value !== null) write(bytes, value, at, size);
    at += size;
  }
  return bytes;
}
