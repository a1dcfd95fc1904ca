import type { Mapped, Refusal } from './candidate.domain';

/** One item of a request after mapping. Its id, type and body are kept only of what is refused. */
export interface IntakeItem {
  readonly outcome: Mapped | Refusal;
  readonly id: string | null;
  readonly type: string | null;
  readonly body: unknown;
  /** As it came: for who watches, while the request lasts. Nothing may be changed in it. */
  readonly raw?: unknown;
  /** The id under which it is kept if it is refused: a door whose items can come again says the same one again. */
  readonly rejectId?: string;
}
