import type { SourceMode, SourceState, WebhookVendor } from '@tenure/contracts';

import type { Mapping } from '../mappings/mapping.domain';

/** A source of kind webhook, with all that a delivery needs. */
export interface WebhookSource {
  readonly tenantId: string;
  readonly sourceId: string;
  readonly vendor: WebhookVendor;
  readonly mode: SourceMode;
  readonly state: SourceState;
  /** In plain text: they leave memory as nothing but the digests they make. */
  readonly secrets: readonly { readonly text: string; readonly expiresMs: number | null }[];
  readonly mapping: Mapping;
}

/** What a secret is bound to when it is sealed. */
export const ownerOf = (tenantId: string, sourceId: string): string => `${tenantId}/${sourceId}`;

/** Where the vendor posts to. */
export const webhookUrl = (publicUrl: string, vendor: WebhookVendor, sourceId: string): string =>
  `${publicUrl.replace(/\/+$/, '')}/v1/webhooks/${vendor}/${sourceId}`;
