import type { SourceKind, SourceMode, SourceState, WebhookVendor } from '../vocabulary';

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
  /** Of kind webhook: who sends. */
  vendor?: WebhookVendor | null;
}

/** `GET /api/v1/sources` */
export interface SourcesBody {
  items: SourceRow[];
}

/** A write key of a source that counts; `expiresAt` is set where a newer one has taken its place. */
export interface SourceKeyRow {
  prefix: string;
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
}

/** `GET /api/v1/sources/{id}/keys`: the newest first. */
export interface SourceKeysBody {
  items: SourceKeyRow[];
}

/** `POST /api/v1/sources`; the key is shown once. */
export interface SourceCreatedBody {
  source: SourceRow;
  key: string;
}

/** `GET /api/v1/sources/{id}/rejects`: what is refused still, newest first; groups are one reason at one place each. */
export interface RejectsBody {
  items: {
    id: string;
    receivedAt: string;
    code: string;
    pointer: string;
    detail: string;
    body: unknown;
    /** When it was last tried again and refused again. */
    replayedAt?: string | null;
  }[];
  groups: RejectGroup[];
}

/** What was refused for one reason. `detail` is that of the newest. */
export interface RejectGroup {
  code: string;
  pointer?: string;
  count: number;
  firstAt?: string;
  lastAt?: string;
  detail?: string;
}

/** `POST /api/v1/sources/{id}/rejects/replay`: by reason, by id, or everything. */
export interface ReplayRequest {
  code?: string;
  pointer?: string;
  ids?: string[];
  /** `since` of the answer before: goes on with what that run has not tried yet. */
  since?: string;
}

/** What one portion of a replay came to. Call again with `since` while `remaining` is not 0. */
export interface ReplayBody {
  accepted: number;
  held: number;
  /** Refused again, with today's reason. */
  rejected: { id: string; code: string; pointer: string; detail: string }[];
  remaining: number;
  since: string;
}

/** What came in one hour (`at`), by what it was answered. */
export interface VolumePoint {
  at: string;
  accepted: number;
  held: number;
  rejected: number;
}

/** How a source stands: its last event, what it sent, and whether that is as usual. accepted + held + rejected = sent. */
export interface SourceVolume {
  sourceId: string;
  status: 'no-data' | 'learning' | 'usual' | 'silent' | 'low' | 'high';
  /** When it fell silent or left its band; null where all is well. */
  since: string | null;
  detail: string;
  lastEventAt: string | null;
  /** Over the last 36 days, as everything below. */
  sent: number;
  accepted: number;
  held: number;
  rejected: number;
  /** Days (UTC) with anything in them, oldest first; events are accepted + held. */
  days: { day: string; events: number; rejected: number }[];
  /** Which events it delivers; not each is looked at, so `lastAt` may be some requests old. */
  types: { type: string; lastAt: string }[];
}

/** `GET /api/v1/sources/volume`; `ingestUrl` is where events are sent. */
export interface SourceVolumesBody {
  items: SourceVolume[];
  nextCursor: null;
  ingestUrl: string;
}

/** `GET /api/v1/sources/{id}/volume`: by the hour, oldest first; `usual` is the band of that hour, null while unknown. */
export interface VolumeSeriesBody {
  source: SourceVolume;
  items: (VolumePoint & { usual: { low: number; high: number } | null })[];
}

/** What a source sent just now, and what became of it. */
export interface LiveItem {
  id: string;
  at: string;
  way: string | null;
  outcome: 'accepted' | 'held' | 'rejected';
  /** The canonical type, or the type as sent of what was refused. */
  type: string | null;
  accountId: string | null;
  userId: string | null;
  /** As it came, secrets blanked; JSON text that ends early where `cut`. */
  raw: unknown;
  /** The canonical envelopes, or nothing where it was refused. */
  mapped: unknown;
  cut: boolean;
  /** Why it is held or refused. */
  reason: { code: string; pointer: string; detail: string } | null;
}

/** `GET /api/v1/sources/{id}/live`: newest first. `skipped`: came in the last minute beyond what a watch keeps. */
export interface LiveBody {
  items: LiveItem[];
  skipped: number;
}

/** `POST /api/v1/sources/{id}/watch`: a watch stands for a minute; post again to keep it. */
export interface WatchRequest {
  type?: string;
  account?: string;
  user?: string;
}

export interface WatchBody {
  until: string;
}

/** A type of a property's values, and when they were seen with it. */
export interface PropertyType {
  type: 'string' | 'number' | 'boolean' | 'object' | 'array' | 'null';
  firstAt: string;
  lastAt: string;
  seen: number;
}

/** An event name that usage came with. */
export interface CatalogueEvent {
  name: string;
  firstAt: string;
  lastAt: string;
  total: number;
  /** Days (UTC, by the events' own time) of the last 28 with anything in them, oldest first. */
  days: { day: string; events: number }[];
  hidden: boolean;
  /** How many properties were seen, and those that came with more than one type. */
  properties: number;
  drifting: string[];
}

/** `GET /api/v1/catalogue`: the busiest first. `other`: events whose names found no place any more. */
export interface CatalogueBody {
  items: CatalogueEvent[];
  nextCursor: string | null;
  total: number;
  capacity: number;
  other: number;
}

/** `GET /api/v1/catalogue/properties?name=` */
export interface CataloguePropertiesBody {
  name: string;
  items: { property: string; types: PropertyType[]; drifting: boolean }[];
  /** Sightings of properties that found no place any more. */
  other: number;
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
