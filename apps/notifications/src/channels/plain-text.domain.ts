/** Control and format characters, halves of surrogate pairs: nothing that a person reads. */
const unreadable = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu;

/** Foreign text as one line of at most `most` characters: no line break can end a header, no mark can turn the text round. */
export function oneLine(text: string, most: number): string {
  return cut(text.replace(unreadable, ' ').replace(/\s+/g, ' ').trim(), most);
}

/** Cuts at whole characters and says so with an ellipsis. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, Math.max(0, most - 1));
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

/** Text inside HTML, between tags or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/**
 * Text inside a Slack message: the three characters that start its markup, and the words that call everybody, which a
 * reader's client could take for a mention.
 */
export function escapeSlack(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/@(?=channel|here|everyone|group)/gi, '@\u200b');
}

/** An address that may stand in a link, or null: http and https only. */
export function linkable(address: string | null): string | null {
  const parsed = address === null ? null : URL.parse(address);
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) return null;
  return parsed.href.replaceAll('|', '%7C').replaceAll("'", '%27');
}
