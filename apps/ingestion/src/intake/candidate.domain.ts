import { type EventDefinition, type SourceKind, validateInput } from '@tenure/contracts';

import type { Statement } from '../directory/statement.domain';
import type { ReferenceKey } from './reference.domain';

/** The ways in. A refused item keeps its own, so that a replay maps it as it was mapped then. */
export type Way = 'segment' | 'cloudevents' | 'posthog' | 'webhook' | 'csv';

/** Where and when a request came in. */
export interface Arrival {
  readonly tenantId: string;
  readonly sourceId: string;
  /** Its events are history: they carry `knownat`. */
  readonly importing: boolean;
  readonly receivedMs: number;
  /** Without it a refused item cannot be replayed for sure: its way is guessed from its shape. */
  readonly way?: Way;
  readonly kind?: SourceKind;
  /** The property or trait that names the account where nothing else does: a name, or a path with points. */
  readonly accountProperty?: string | undefined;
  /** What the request says for all its items, as a replay needs it again: of a Segment batch `context`, `sentAt`, …. */
  readonly shared?: Readonly<Record<string, unknown>>;
}

/** An event that is valid but for its account, which may still have to be found. */
export interface Candidate {
  readonly definition: EventDefinition;
  /** Identity inside the tenant, with `source`. */
  readonly id: string;
  readonly source: string;
  readonly timeMs: number;
  readonly knownMs?: number | undefined;
  /** When it happened and when it was sent by the sender's own clock, where they were sent. */
  readonly originalMs?: number | undefined;
  readonly sentMs?: number | undefined;
  readonly sequence?: string;
  readonly traceparent?: string;
  /** Named outright; else the first of `references` that leads somewhere. */
  readonly accountId?: string | undefined;
  readonly references: readonly ReferenceKey[];
  /** The account where the references are known to lead nowhere. */
  readonly otherwiseAccountId?: string | undefined;
  /** As it will stand on the topic; `accountId` is put in when it is known. */
  readonly data: Record<string, unknown>;
}

/** What one item of a request means. Several events are those of a `group` call, or of an incident of several accounts. */
export interface Mapped {
  readonly events: readonly [Candidate, ...Candidate[]];
  readonly statements: readonly Statement[];
}

/** Why an item is refused: `pointer` is a JSON pointer into the item as it was sent. */
export interface Refusal {
  readonly code: string;
  readonly pointer: string;
  readonly detail: string;
}

export const isRefusal = (outcome: Mapped | Refusal): outcome is Refusal => 'code' in outcome;

/** The first thing wrong with the data of these events; the pointer is into the data. */
export function firstIssue(events: readonly Candidate[]): Refusal | undefined {
  for (const event of events) {
    const result = validateInput(event.definition, event.data);
    if (!result.ok) return { code: result.code, pointer: result.pointer, detail: result.detail };
  }
  return undefined;
}

const noBlankEnds = /^\S(?:[^]*\S)?$/;

/** What is wrong with a text that becomes part of an event's identity. */
export function identityIssue(text: string, pointer: string, longest: number): Refusal | undefined {
  const name = pointer.slice(1);
  if (text.length > longest) {
    return { code: 'too-long', pointer, detail: `${name} must have at most ${longest} characters.` };
  }
  if (!noBlankEnds.test(text)) return { code: 'empty', pointer, detail: `${name} must not be empty or end in blanks.` };
  if (text.isWellFormed() && !text.includes('\0')) return undefined;
  return { code: 'unstorable-text', pointer, detail: `${name} contains NUL or half of a surrogate pair.` };
}
