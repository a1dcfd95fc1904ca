/** Columns of a table that are derived, beside others that are not. */
export interface DerivedColumns {
  readonly table: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
}

/** Asks the database, in the order of the statement. */
export type Ask = <Row>(sql: string, parameters?: readonly unknown[]) => Promise<Row[]>;

/**
 * What of a service's tables is a function of the events alone: what a replay empties and fills, what a snapshot holds and
 * what the state hash covers. Everything else is recorded, and no replay touches it.
 */
export interface DerivedState {
  /** Tables that hold nothing else. */
  readonly tables: readonly string[];
  readonly columns: readonly DerivedColumns[];
  /** Statements that set derived columns back to what they are before the first event. */
  readonly reset: readonly string[];
  /** Statements after a replay, so that the present is judged on what was rebuilt. */
  readonly afterwards: readonly string[];
  /** The state of a tenant, a text for each row, sorted; nothing of it depends on the order in which events were applied. */
  canonical(ask: Ask, tenant: string): AsyncIterable<string>;
}
