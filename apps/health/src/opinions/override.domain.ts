/** A score or band that a person set, as it is kept with the account. */
export interface HeldOverride {
  readonly overrideId: string;
  readonly score: number | null;
  readonly band: 'green' | 'yellow' | 'red' | null;
  readonly reason: string;
  readonly by: string;
  /** ms since 1970 */
  readonly at: number;
  readonly expiresAt: number;
}
