import type { RiskAlert } from '@tenure/contracts';
import type { HeldOverride } from '../opinions/override.domain';
import type { AccountHistory, AlertState, Band, SignalMemory, SignalName, TouchingIncident } from '@tenure/scoring';

/** The newest alert of a signal. */
export interface HeldAlert {
  readonly alertId: string;
  readonly state: AlertState;
  readonly data: RiskAlert;
}

/** The score as it was published last. */
export interface HeldScore {
  readonly version: number;
  readonly score: number | null;
  readonly band: Band;
  readonly trend: number | null;
  readonly coverage: number;
  readonly modelVersion: string;
  /** What was published, to notice whether anything a reader sees has changed. */
  readonly fingerprint: string;
  /** What the row keeps besides, for comparisons between accounts; unknown in rows that were written before it was kept. */
  readonly rollup?: string;
}

/** Facts about the account that no measure needs. */
export interface AccountFacts {
  readonly name: string | null;
  readonly externalIds: Readonly<Record<string, string>>;
  readonly parentId: string | null;
  readonly owner: { readonly id: string; readonly name: string | null; readonly email: string | null } | null;
  readonly tags: readonly string[];
  /** An incident of our own touches it: signals of usage and tickets wait. */
  readonly incidentOpen: boolean;
  /** Incidents of our own that touch it or did: what opens because of one has it for a cause. */
  readonly incidents: readonly TouchingIncident[];
}

/** Everything that judging an account needs, in memory while its partition is ours. */
export interface HotState {
  readonly history: AccountHistory;
  readonly facts: AccountFacts;
  readonly signals: Readonly<Partial<Record<SignalName, SignalMemory>>>;
  readonly alerts: Readonly<Partial<Record<SignalName, HeldAlert>>>;
  readonly score: HeldScore | null;
  /** Version of the score that was published last: it goes on where an erased account comes back and has none. */
  readonly scoreVersion: number;
  /** A score or band that a person set, until it expires. */
  readonly override: HeldOverride | null;
  /** History is being imported: nothing is judged until the import is closed. */
  readonly importing: boolean;
  readonly evaluatedAt: number | null;
}

/** An account with everything that judging it needs. */
export interface AccountState {
  readonly key: { readonly tenantId: string; readonly accountId: string };
  readonly state: HotState;
}

/** Who answers for the account: the CSM of its team. */
export function ownerOf(team: unknown): AccountFacts['owner'] {
  if (!Array.isArray(team)) return null;
  const members = team as readonly { role?: unknown; email?: unknown }[];
  const csm = members.find((member) => typeof member.role === 'string' && member.role.toLowerCase() === 'csm');
  const email = typeof csm?.email === 'string' ? csm.email : null;
  return email === null ? null : { id: email, name: null, email };
}
