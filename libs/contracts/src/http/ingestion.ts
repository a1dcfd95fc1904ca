import type { SourceKind, SourceMode, SourceState } from '../vocabulary';

/** The line of a receipt for one refused event of a batch. */
export interface ReceiptReject {
  index: number;
  id: string | null;
  code: string;
  pointer: string;
  detail: string;
}

/** `POST /v1/events`, 202. accepted + held + rejected = sent. */
export interface ReceiptBody {
  accepted: number;
  held: number;
  rejected: ReceiptReject[];
}

export interface SourceRow {
  id: string;
  name: string;
  kind: SourceKind;
  mode: SourceMode;
  state: SourceState;
  keyPrefix: string;
  createdAt: string;
  lastUsedAt: string | null;
}

/** `GET /api/v1/sources` */
export interface SourcesBody {
  items: SourceRow[];
}

/** `POST /api/v1/sources`; the key is shown once. */
export interface SourceCreatedBody {
  source: SourceRow;
  key: string;
}

/** `GET /api/v1/sources/{id}/rejects` */
export interface RejectsBody {
  items: {
    id: string;
    receivedAt: string;
    code: string;
    pointer: string;
    detail: string;
    body: unknown;
  }[];
  groups: { code: string; count: number }[];
}

/** What held events say of their account. Exactly one of them is set. */
export interface HeldReference {
  accountRef?: { system: string; id: string };
  accountDomain?: string;
  userId?: string;
  anonymousId?: string;
}

/** `GET /api/v1/held` */
export interface HeldBody {
  items: {
    id: string;
    receivedAt: string;
    type: string;
    reference: HeldReference;
    count: number;
    suggestions: { accountId: string; name: string | null; why: string }[];
  }[];
}

/** `POST /api/v1/held/match` */
export interface HeldMatchRequest {
  reference: HeldReference;
  accountId: string;
}
