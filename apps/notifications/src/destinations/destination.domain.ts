import type { AlertSignal, DestinationKind, Severity } from '@tenure/contracts';

export const destinationKinds = ['webhook', 'slack', 'email'] as const satisfies readonly DestinationKind[];

export const destinationStates = ['active', 'paused', 'disabled'] as const;
export type DestinationState = (typeof destinationStates)[number];

/** Where a tenant wants its alerts, and which of them. */
export interface Destination {
  readonly tenantId: string;
  readonly destinationId: string;
  readonly name: string;
  readonly kind: DestinationKind;
  readonly state: DestinationState;
  /** Why it was disabled; null while it is not. */
  readonly stateReason: string | null;
  /** Of webhook and Slack. */
  readonly url: string | null;
  /** Of e-mail: the one address. */
  readonly to: string | null;
  /** Null: every signal. */
  readonly signals: readonly AlertSignal[] | null;
  /** Null: every severity. */
  readonly minSeverity: Severity | null;
  readonly ownerOnly: boolean;
  /** Whose accounts `ownerOnly` means: the recipient of e-mail, else the person who made the destination. */
  readonly ownerEmail: string | null;
  readonly createdAt: Date;
  /** When its attempts began to fail without a success between; null while they succeed. */
  readonly failingSince: Date | null;
}

/** What signs a webhook: the newest secret first; two while one is rotated. */
export type Secrets = readonly string[];

const secretForm = /^whsec_[A-Za-z0-9+/]+={0,2}$/;
const fewest = 24;
const most = 64;

/** Standard Webhooks: `whsec_` and 24 to 64 bytes in base64. */
export function isWebhookSecret(text: string): boolean {
  if (!secretForm.test(text)) return false;
  const body = text.slice('whsec_'.length);
  if (body.length % 4 !== 0) return false;
  const bytes = (body.length / 4) * 3 - (body.match(/=/g)?.length ?? 0);
  return bytes >= fewest && bytes <= most;
}
