import { UnusableFile } from './import-columns.domain';

const delimiters = [',', ';', '\t', '|'] as const;

/** The delimiter that the first line has most of, outside quotes; a comma where it has none. */
export function delimiterOf(head: string): string {
  const counts = new Map<string, number>(delimiters.map((each) => [each, 0]));
  let quoted = false;
  for (const sign of head) {
    if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === '\n' || sign === '\r')) break;
    else if (!quoted && counts.has(sign)) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  }
  const [best] = [...counts].sort(([, a], [, b]) => b - a);
  return best && best[1] > 0 ? best[0] : ',';
}

const starts = (head: Uint8Array, ...bytes: number[]): boolean => bytes.every((byte, at) => head[at] === byte);

/** Throws UnusableFile for what is plainly something else, in words that help. */
export function refuseOtherFormats(head: Uint8Array): void {
  if (starts(head, 0x50, 0x4b, 3, 4) || starts(head, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw new UnusableFile('not-csv', 'This is a spreadsheet or an archive. Save it as “CSV UTF-8” and send that.');
  }
  if (starts(head, 0x1f, 0x8b)) {
    throw new UnusableFile(
      'not-csv',
      'The file is packed with gzip: send it with content-encoding: gzip, or unpacked.',
    );
  }
  const utf16 = starts(head, 0xff, 0xfe) || starts(head, 0xfe, 0xff) || head.subarray(0, 64).includes(0);
  if (utf16) throw new UnusableFile('wrong-encoding', 'The file is UTF-16. In a spreadsheet: save as “CSV UTF-8”.');
}
