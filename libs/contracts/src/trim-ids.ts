import type { EventDefinition } from './event-definition';
import { patterns } from './patterns';

type Trim = (value: unknown) => unknown;

interface Node {
  type?: string | string[];
  pattern?: string;
  properties?: Record<string, Node>;
  additionalProperties?: Node | boolean;
  items?: Node;
}

const trimText: Trim = (value) => (typeof value === 'string' ? value.trim() : value);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fieldsOf(properties: Record<string, Node>): Trim | null {
  const trims = Object.entries(properties).flatMap(([name, node]) => {
    const trim = trimOf(node);
    return trim ? [{ name, trim }] : [];
  });
  if (trims.length === 0) return null;
  return (value) => {
    if (!isObject(value)) return value;
    for (const { name, trim } of trims) if (Object.hasOwn(value, name)) value[name] = trim(value[name]);
    return value;
  };
}

function everyField(trim: Trim): Trim {
  return (value) => {
    if (isObject(value)) for (const name of Object.keys(value)) value[name] = trim(value[name]);
    return value;
  };
}

function everyItem(trim: Trim): Trim {
  return (value) => (Array.isArray(value) ? value.map(trim) : value);
}

/** What to do with the ids below one node of a schema; null where it holds none. */
function trimOf(node: Node): Trim | null {
  if (node.pattern === patterns.id.form) return trimText;
  if (node.properties) return fieldsOf(node.properties);
  const inner = node.items ?? (typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined);
  const trim = inner && trimOf(inner);
  if (!trim) return null;
  return node.items ? everyItem(trim) : everyField(trim);
}

const known = new WeakMap<EventDefinition, Trim>();

/**
 * Trims every id of an event as a sender sent it, in place, and gives it back. Other text keeps its blanks.
 * Done before `validateInput`, which refuses an id with blanks at its ends.
 */
export function trimIds(def: EventDefinition, data: unknown): unknown {
  let trim = known.get(def);
  if (!trim) known.set(def, (trim = trimOf(def.schema as Node) ?? ((value) => value)));
  return trim(data);
}
