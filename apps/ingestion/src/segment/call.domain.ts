/** The calls of Segment's tracking API. */
export const callKinds = ['track', 'identify', 'group', 'page', 'screen', 'alias'] as const;
export type CallKind = (typeof callKinds)[number];

export const isCallKind = (value: unknown): value is CallKind => (callKinds as readonly unknown[]).includes(value);

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

/** An id as SDKs send it: text or number, blanks around it taken off; undefined when there is none. */
export function idOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}

/** What a batch says for all its calls, where it says anything: a call that is refused is replayed with it. */
export function sharedOf({ context, integrations, sentAt }: Fields): { readonly shared?: Fields } {
  if (context === undefined && integrations === undefined && sentAt === undefined) return {};
  return { shared: { context, integrations, sentAt } };
}

/**
 * The item of a batch with the batch's `context` and `integrations` merged in; the item's own fields win. Spreading
 * keeps a key called `__proto__` a plain key.
 */
export function mergeBatch(item: Fields, batch: Fields): Fields {
  if (!isFields(batch['context']) && !isFields(batch['integrations'])) return item;
  return {
    ...item,
    context: { ...fieldsOf(batch['context']), ...fieldsOf(item['context']) },
    integrations: { ...fieldsOf(batch['integrations']), ...fieldsOf(item['integrations']) },
  };
}
