/** A record's key or value as text: JSON laid out, other text as it is, bytes as base64 that says so. */
export function bytesAsText(bytes: Buffer | null): string {
  if (bytes === null) return '(none)';
  const text = bytes.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes)) return `base64:${bytes.toString('base64')}`;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // A terminal obeys control characters, and this text is what nobody could read.
    return text.replaceAll(/[^\P{Cc}\n\t]/gu, ' ');
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isLetterId(text: string): boolean {
  return uuid.test(text);
}
