import type { Day } from '../world/calendar.domain';

export interface User {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly title: string;
  readonly department: string;
  readonly kind: 'human' | 'service' | 'internal';
  readonly joined: Day;
  readonly left: Day | undefined;
  /** In use while the account's engagement is above it: those of little conviction stop first. */
  readonly conviction: number;
  /** Chance to be active on a plain business day. */
  readonly rate: number;
}

export interface Stakeholder {
  readonly stakeholderId: string;
  readonly user: User | undefined;
  readonly name: string;
  readonly email: string;
  readonly title: string;
  readonly roles: readonly string[];
  readonly influence: number;
  readonly joined: Day;
  readonly left: Day | undefined;
}

export interface People {
  readonly users: readonly User[];
  readonly stakeholders: readonly Stakeholder[];
}
