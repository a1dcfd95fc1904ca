import type { Model, ModelFile } from './model';

const FNV_OFFSET = 0xcbf29ce484222325n;
const FNV_PRIME = 0x100000001b3n;
const MASK = 0xffffffffffffffffn;

/** FNV-1a, 64 bit, of the text's UTF-16 units: no secret is at stake, and it runs in a browser without async crypto. */
function hash(text: string): string {
  let value = FNV_OFFSET;
  for (let i = 0; i < text.length; i++) value = ((value ^ BigInt(text.charCodeAt(i))) * FNV_PRIME) & MASK;
  return value.toString(16).padStart(16, '0').slice(0, 10);
}

/** JSON with sorted keys: the version depends on the content, not on its layout. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`;
}

/** Ten hexadecimal digits that stand for a value's content. */
export const contentHash = (content: unknown): string => hash(canonical(content));

/** `default-1.3f2a9c1b07`: name, number, and the hash of everything that can change a score. */
export function withVersion(file: ModelFile): Model {
  const { $schema: _schema, description: _description, ...content } = file;
  return { ...file, version: `${file.name}-${file.number}.${hash(canonical(content))}` };
}
