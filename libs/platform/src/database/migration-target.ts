/** Where to migrate, and for whom the rights are granted. */
export interface MigrationTarget {
  /** Connection of the role that owns the tables. */
  readonly ownerUrl: string;
  /** Name of the role that the service runs as. */
  readonly appRole: string;
}
