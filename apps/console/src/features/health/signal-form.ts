import type { Field, Segments, Share, Values } from './signal.queries';

/** What stands in the form: whole parameters, and per segment only what differs. */
export interface SignalDraft {
  readonly off: boolean;
  readonly parameters: Values;
  readonly segments: Segments;
}

/** Shares are kept as 0–1 and typed in percent. */
export const shown = ({ unit }: Field, value: number): number =>
  unit === 'share' ? Math.round(value * 10_000) / 100 : value;
export const kept = ({ unit }: Field, value: number): number => (unit === 'share' ? value / 100 : value);

export const suffixOf = ({ unit }: Field): string => (unit === 'share' ? ' %' : ` ${unit}`);

export function withParameter(draft: SignalDraft, name: string, value: number): SignalDraft {
  return { ...draft, parameters: { ...draft.parameters, [name]: value } };
}

/** A segment's value; null: as everywhere. */
export function withSegmentParameter(
  draft: SignalDraft,
  segment: string,
  name: string,
  value: number | null,
): SignalDraft {
  const { parameters = {}, ...rest } = draft.segments[segment] ?? {};
  const { [name]: _before, ...others } = parameters;
  const next = value === null ? others : { ...others, [name]: value };
  return { ...draft, segments: { ...draft.segments, [segment]: { ...rest, parameters: next } } };
}

export function withSegmentOff(draft: SignalDraft, segment: string, off: boolean): SignalDraft {
  return { ...draft, segments: { ...draft.segments, [segment]: { ...draft.segments[segment], off } } };
}

export function withoutSegment(draft: SignalDraft, segment: string): SignalDraft {
  const { [segment]: _gone, ...segments } = draft.segments;
  return { ...draft, segments };
}

/** "50 % of 12 (25–75 %)"; small numbers say so by their interval. */
export function shareSentence({ share, n, low, high }: Share): string {
  if (share === null || low === null || high === null) return 'Not judged yet';
  const whole = (value: number): number => Math.round(value * 100);
  return `${whole(share)} % of ${n} (${whole(low)}–${whole(high)} %)`;
}
