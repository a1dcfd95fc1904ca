import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

import type { ErasureRequested } from '@tenure/contracts';

/** What is kept of something that a person was known by. */
export interface ErasedIdentifier {
  readonly digest: string;
  readonly erasureId: string;
  /** 16 bits of its first word: most text is told apart by them alone. */
  readonly firstWord: number;
  readonly words: number;
  /** An id counts as it is written; addresses and names in any case. */
  readonly isExact: boolean;
  /** Found in any text. Otherwise (an id like `7`) only where a person's id stands. */
  readonly isDistinctive: boolean;
}

type Said = NonNullable<ErasureRequested['identifiers']>[number];

/** Ids, addresses and words, with what joins them inside. */
const wordPattern = /[\p{L}\p{N}]+(?:[._@+'’-]+[\p{L}\p{N}]+)*/gu;

/** Names of fields and columns that hold a person's id. */
const personKeys =
  /^(?:user|anonymous|previous|requester|stakeholder)_?(?:id|key)$|^reports_?to$|^distinct_?id$|^user_?ids?$|^person_?id$/i;

const wordsOf = (text: string): string[] => text.match(wordPattern) ?? [];
const mark = (word: string): number => crc32(word.toLowerCase()) & 0xffff;

/** What is kept of an identifier. Undefined where nothing in it could be looked for. */
export function identifierOf(said: Said, erasureId: string, salt: string): ErasedIdentifier | undefined {
  const words = wordsOf(said.text);
  const [first] = words;
  if (first === undefined) return undefined;
  const isExact = said.kind !== 'email' && said.kind !== 'name';
  const isDistinctive = !isExact || (said.text.length >= 6 && !/^\d+$/.test(said.text)) || said.text.length >= 10;
  const digest = digestOf(words, isExact, salt);
  return { digest, erasureId, firstWord: mark(first), words: words.length, isExact, isDistinctive };
}

function digestOf(words: readonly string[], isExact: boolean, salt: string): string {
  const text = words.join(' ');
  return createHash('sha256')
    .update(`${salt}\n${isExact ? `=${text}` : `~${text.toLowerCase()}`}`)
    .digest('base64url');
}

/** What stands in a person's place from then on: the same for everything they were known by, and for nobody else. */
export const placeholder = (erasureId: string): string => `erased-${erasureId.slice(0, 13)}`;

/** Fields of a person's own profile that say nothing about who they are. */
const impersonal = new Set([
  ...['accountId', 'accountRef', 'accountDomain', 'userId', 'stakeholderId', 'change', 'kind', 'active', 'licensed'],
  ...['roles', 'influence', 'snapshot', 'sourceUpdatedAt'],
]);

/** Finds erased people in texts and values, by digests alone. */
export class PersonMatcher {
  private readonly marks = new Set<number>();
  private readonly byDigest = new Map<string, ErasedIdentifier>();
  private readonly most: number;

  constructor(
    identifiers: readonly ErasedIdentifier[],
    private readonly salt: string,
  ) {
    for (const each of identifiers) {
      this.marks.add(each.firstWord);
      this.byDigest.set(each.digest, each);
    }
    this.most = Math.max(0, ...identifiers.map(({ words }) => words));
  }

  /** The text with every erased person replaced; the same text where there is none. */
  scrubText(text: string, key = ''): string {
    const found = [...text.matchAll(wordPattern)];
    let result = '';
    let end = 0;
    for (let at = 0; at < found.length; at += 1) {
      const match = this.matchAt(found, at, personKeys.test(key) || /^(?:user|anonymous):/.test(text));
      if (!match) continue;
      const [start, last] = [found[at], found[at + match.words - 1]];
      result += text.slice(end, start?.index) + replacementOf(match, start?.[0] ?? '');
      end = (last?.index ?? 0) + (last?.[0].length ?? 0);
      at += match.words - 1;
    }
    return end === 0 ? text : result + text.slice(end);
  }

  /** The value with every erased person replaced, in keys too; the same value where there is none. */
  scrub(value: unknown, key = ''): unknown {
    if (typeof value === 'string') return this.scrubText(value, key);
    if (typeof value === 'number' && personKeys.test(key)) return this.scrubNumber(value, key);
    if (Array.isArray(value)) {
      const list = value.map((each) => this.scrub(each, key));
      return list.some((each, at) => each !== value[at]) ? list : value;
    }
    if (typeof value !== 'object' || value === null) return value;
    let changed = false;
    const entries = Object.entries(value).map(([name, each]) => {
      const [newName, newValue] = [this.scrubText(name), this.scrub(each, name)];
      changed ||= newName !== name || newValue !== each;
      return [newName, newValue] as const;
    });
    return changed ? Object.fromEntries(entries) : value;
  }

  /** A person's own profile, where it is an erased one's: nothing is left that says who they are. */
  scrubProfile(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    const scrubbed = this.scrub(data) as Record<string, unknown>;
    const isTheirs = ['userId', 'stakeholderId', 'email', 'name'].some((name) => scrubbed[name] !== data[name]);
    if (!isTheirs) return scrubbed;
    const kept = Object.fromEntries(Object.entries(scrubbed).filter(([name]) => impersonal.has(name)));
    const token = [kept['userId'], kept['stakeholderId']].find((each) => String(each).startsWith('erased-'));
    return data['name'] === undefined ? kept : { ...kept, name: token ?? 'erased' };
  }

  private scrubNumber(value: number, key: string): unknown {
    const text = String(value);
    const scrubbed = this.scrubText(text, key);
    return scrubbed === text ? value : scrubbed;
  }

  private matchAt(found: readonly RegExpMatchArray[], at: number, isPlace: boolean): ErasedIdentifier | undefined {
    if (!this.marks.has(mark(found[at]?.[0] ?? ''))) return undefined;
    const words: string[] = [];
    let longest: ErasedIdentifier | undefined;
    for (const word of found.slice(at, at + this.most)) {
      words.push(word[0]);
      const match =
        this.byDigest.get(digestOf(words, true, this.salt)) ?? this.byDigest.get(digestOf(words, false, this.salt));
      if (match && (match.isDistinctive || isPlace)) longest = match;
    }
    return longest;
  }
}

function replacementOf({ erasureId }: ErasedIdentifier, first: string): string {
  const token = placeholder(erasureId);
  return first.includes('@') ? `${token}@erased.invalid` : token;
}
