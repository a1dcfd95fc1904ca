import type { Instant } from '../time/day';

export const INPUT_KINDS = [
  'usage',
  'users',
  'tickets',
  'stakeholders',
  'surveys',
  'touchpoints',
  'contracts',
  'invoices',
  'metrics',
] as const;
export type InputKind = (typeof INPUT_KINDS)[number];

/** One kind of input of the tenant: when it first delivered, and until when it counts as live (last delivery + its usual gap). */
export interface Input {
  readonly since: Instant;
  readonly freshUntil: Instant;
}

/** A kind that is absent was never connected. */
export type Inputs = Readonly<Partial<Record<InputKind, Input>>>;

export type InputStatus = 'live' | 'stale' | 'never';

export function inputStatus(inputs: Inputs, kind: InputKind, at: Instant): InputStatus {
  const input = inputs[kind];
  if (!input || input.since > at) return 'never';
  return at <= input.freshUntil ? 'live' : 'stale';
}

/** The worst status of several kinds: never, then stale, then live. */
export function worstStatus(inputs: Inputs, kinds: readonly InputKind[], at: Instant): InputStatus {
  const all = kinds.map((kind) => inputStatus(inputs, kind, at));
  if (all.includes('never')) return 'never';
  return all.includes('stale') ? 'stale' : 'live';
}
