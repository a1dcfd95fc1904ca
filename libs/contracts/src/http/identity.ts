import type { Role } from '../vocabulary';

/** `POST /api/v1/session` */
export interface SessionRequest {
  email: string;
  password: string;
}

/** `POST /api/v1/session/link`: a one-time link signs in; with a password it also sets it. */
export interface SessionLinkRequest {
  token: string;
  password?: string;
}

/** `GET /api/v1/me` */
export interface MeBody {
  person: { id: string; email: string; name: string; role: Role };
  tenant: { id: string; name: string; timeZone: string; currency: string; fiscalYearStart: number };
}

export interface PersonRow {
  id: string;
  email: string;
  name: string;
  role: Role;
  active: boolean;
}

/** `GET /api/v1/people` */
export interface PeopleBody {
  items: PersonRow[];
}

export interface ApiKeyRow {
  id: string;
  name: string;
  role: Role;
  prefix: string;
}

/** `GET /api/v1/api-keys` */
export interface ApiKeysBody {
  items: ApiKeyRow[];
}

/** `POST /api/v1/api-keys`; the key is shown once. */
export interface ApiKeyCreatedBody extends ApiKeyRow {
  key: string;
}
