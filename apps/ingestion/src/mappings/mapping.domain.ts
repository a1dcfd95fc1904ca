/** Anything that JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/**
 * A mapping: how one vendor's items become canonical events. It is data, not code: what it can say is here, and nothing
 * in it can loop, call out or see another tenant.
 */
export interface Mapping {
  /** Where the item really is, of which the first that is there counts; without any, it is the whole. */
  readonly unwrap?: readonly string[];
  /** The first rule that fits decides. */
  readonly rules: readonly Rule[];
}

/** What to do with an item: exactly one of `emit`, `reject` and `ping`. */
export interface Rule {
  readonly name: string;
  readonly when?: readonly Condition[];
  /** Paths without which the item cannot be understood: where one is missing, it is rejected with this code. */
  readonly needs?: Need;
  /** A list in the item: the rule is carried out once for each entry, which is `@/each`. */
  readonly each?: string;
  readonly emit?: readonly Emission[];
  readonly reject?: Rejection;
  /** True: a test of the connection, which tells nothing. */
  readonly ping?: boolean;
}

export interface Rejection {
  readonly code: string;
  readonly detail: string;
}

export type Need = Rejection & { readonly paths: readonly string[] };

/** One canonical event. */
export interface Emission {
  /** Its type, or a path to it. */
  readonly event: string;
  readonly when?: readonly Condition[];
  /** What identifies it, the same in every retry; default: a digest of the item. */
  readonly id?: Expression;
  /** When it happened or was last changed at the vendor; default: when it came. */
  readonly time?: Expression;
  /** The vendor's own counter, where it has one: it orders what has the same time. */
  readonly sequence?: Expression;
  /** Field by field, or a path to all of them. */
  readonly data: string | Readonly<Record<string, Expression>>;
}

/** A path, or an object that says where a value comes from and what is done with it. */
export type Expression = string | Detailed;

/** Exactly one of the first seven says where the value comes from; the others are applied in the order written here. */
export interface Detailed {
  readonly path?: string;
  readonly value?: Json;
  /** A text with paths in braces: `{/portalId}-{/eventId}`. Nothing where one of them is missing. */
  readonly text?: string;
  /** The first of them that gives a value. */
  readonly first?: readonly Expression[];
  /** All of them that give a value. */
  readonly list?: readonly Expression[];
  readonly object?: Readonly<Record<string, Expression>>;
  /** Their product: seats × price × periods. */
  readonly times?: readonly Expression[];

  /** Of a list: the first entry for which the conditions hold; paths in them begin at the entry. */
  readonly where?: readonly Condition[];
  /** Of a list (or one thing): each entry becomes this; paths in it begin at the entry, `$` at the item. */
  readonly to?: Expression;
  /** Vendor's word → ours, without regard to case. */
  readonly table?: Readonly<Record<string, Json>>;
  /** A word that is not in the table: `reject` (default), `omit`, or `keep`. */
  readonly miss?: 'reject' | 'omit' | 'keep';
  readonly as?: Conversion;
  /** For `major`. */
  readonly currency?: Expression;
  /** Moves a day. */
  readonly plus?: { readonly years?: number; readonly months?: number; readonly days?: number };
  /** Longer text is cut here. */
  readonly max?: number;
  readonly when?: readonly Condition[];
  /** Instead of nothing. */
  readonly else?: Json;
}

/**
 * - `text`, `number`, `integer`, `boolean`: from what writes them otherwise
 * - `instant`: seconds or milliseconds since 1970, or any usual text → RFC 3339
 * - `day`: the day of an instant (UTC), or the text's own
 * - `last-day`: the day before an instant at which something is over
 * - `upper`, `lower`: case
 * - `email`, `url`: as it is, or nothing where it is none
 * - `domain`: of an address or a site; `company-domain`: the same, but nothing of public mailboxes
 * - `tags`: a list of texts, also from one with commas or blanks
 * - `major`: minor units → major ones of `currency`
 */
export const conversions = [
  'text',
  'number',
  'integer',
  'boolean',
  'instant',
  'day',
  'last-day',
  'upper',
  'lower',
  'email',
  'url',
  'domain',
  'company-domain',
  'tags',
  'major',
] as const;
export type Conversion = (typeof conversions)[number];

/** All that is said of one path has to hold. */
export interface Condition {
  readonly path?: string;
  readonly is?: Json;
  readonly in?: readonly Json[];
  readonly startsWith?: string;
  /** Of a list: has this entry. Of a text: contains it. */
  readonly has?: string;
  /** Whether there is anything but null. */
  readonly exists?: boolean;
  /** Instead of a path: one of these holds. */
  readonly any?: readonly Condition[];
  /** Instead of a path: none of these holds. */
  readonly none?: readonly Condition[];
}
