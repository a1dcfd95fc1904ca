/** What a tenant's admin sets for one source. */
export interface SourceSettings {
  /** Most events a second; null: the operator's default. */
  readonly eventsPerSecond: number | null;
  /** The property or trait that names the account where nothing else does; null: none. */
  readonly accountProperty: string | null;
}

export const noSettings: SourceSettings = { eventsPerSecond: null, accountProperty: null };
