import type { WebhookVendor } from '../vocabulary';

/** `GET /api/v1/sources/{id}/webhook`: never with a secret's text. */
export interface WebhookBody {
  vendor: WebhookVendor;
  /** The vendor's name, for people. */
  name: string;
  /** To be pasted at the vendor. */
  url: string;
  /** `vendor`: it shows a secret that is pasted here; `tenure`: we make one that is pasted there. */
  secretFrom: 'vendor' | 'tenure';
  /** What the vendor calls the secret. */
  secretCalled: string;
  /** Those that count, the newest first. */
  secrets: { id: string; createdAt: string; expiresAt: string | null }[];
}

/** Who changed a mapping. */
export interface MappingAuthor {
  id: string;
  name: string | null;
}

/** `GET /api/v1/sources/{id}/mapping`. Version 0: the default, never changed. */
export interface MappingBody {
  vendor: WebhookVendor;
  version: number;
  isDefault: boolean;
  /** The mapping in force. */
  mapping: object;
  /** The vendor's default. */
  default: object;
  /** The newest first. */
  versions: { version: number; isDefault: boolean; changedBy: MappingAuthor; changedAt: string }[];
}

/** What an item of a pasted payload would become. */
export interface PreviewItem {
  outcome: 'accepted' | 'held' | 'rejected' | 'ping';
  /** The rule that decided; null where none fits. */
  rule: string | null;
  /** Why it is rejected; `pointer` is into the item as it was pasted. */
  refusal: { code: string; pointer: string; detail: string } | null;
  events: {
    type: string;
    id: string;
    time: string;
    sequence: string | null;
    /** Null: held, until the account of `waitsFor` is known. */
    accountId: string | null;
    waitsFor: object | null;
    data: object;
  }[];
}

/** `POST /api/v1/sources/{id}/mapping/preview` */
export interface PreviewBody {
  items: PreviewItem[];
}
