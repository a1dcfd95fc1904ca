import type { ReferenceKey } from '../intake/reference.domain';

/** What an item teaches about who belongs to which account. */
export type Statement = Membership | Link | Identity;

/** From `sinceMs` on the user (a `user:` or `anonymous:` key) belongs to the account. */
export interface Membership {
  readonly kind: 'membership';
  readonly key: ReferenceKey;
  readonly accountId: string;
  readonly sinceMs: number;
}

/** `from` is an earlier name of the user `to`: what is known of either counts for both. */
export interface Link {
  readonly kind: 'link';
  readonly from: ReferenceKey;
  readonly to: ReferenceKey;
}

/** A `ref:` or `domain:` key leads to the account. */
export interface Identity {
  readonly kind: 'identity';
  readonly key: ReferenceKey;
  readonly accountId: string;
  readonly sinceMs: number;
  /** `stated` by somebody who knows; `seen` in a user's e-mail address, which yields to a statement. */
  readonly strength: 'stated' | 'seen';
}
