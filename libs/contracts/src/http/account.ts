import type { AccountKind, Band, Severity } from '../vocabulary';
import type { CountedPage, OwnerRef, Page } from './page';

/** `contracts`: the recurring lines in force; `profile`: account.arr, because there is no contract. */
export type ArrSource = 'contracts' | 'profile';

/** A row of `GET /api/v1/accounts`. Money in major units of `currency`; days YYYY-MM-DD. */
export interface AccountRow {
  accountId: string;
  name: string | null;
  kind: AccountKind | null;
  segment: string | null;
  stage: string | null;
  arr: number | null;
  currency: string | null;
  arrSource: ArrSource | null;
  score: number | null;
  band: Band;
  trend: number | null;
  /** 0 to 1. */
  coverage: number | null;
  decisionDate: string | null;
  openAlerts: number;
  worstSeverity: Severity | null;
  owner: OwnerRef | null;
  parentId: string | null;
}

export type AccountsBody = CountedPage<AccountRow>;

/** Sort orders of `GET /api/v1/accounts`; a minus in front turns one round. */
export type AccountSort = 'name' | 'score' | 'trend' | 'arr' | 'decisionDate' | 'openAlerts';

/** `GET /api/v1/accounts/{id}` */
export interface AccountProfile extends AccountRow {
  domains: string[];
  externalIds: Record<string, string>;
  tags: string[];
  attributes: Record<string, unknown>;
  team: { role: string; email?: string | null }[];
  timeZone: string | null;
  country: string | null;
  industry: string | null;
  plan: string | null;
  /** Of each field: the source that told it, and the source's time. */
  fields: Record<string, { source: string; time: string }>;
  children: { accountId: string; name: string | null; score: number | null; band: Band; arr: number | null }[];
  parent: { accountId: string; name: string | null } | null;
  mergedInto: string | null;
}

/** `GET /api/v1/accounts/{id}/stakeholders` */
export interface StakeholderRow {
  stakeholderId: string;
  name: string;
  email: string | null;
  title: string | null;
  roles: string[];
  influence: number | null;
  sentiment: number | null;
  status: 'active' | 'left';
  lastContactAt: string | null;
}

export interface StakeholdersBody {
  items: StakeholderRow[];
}

/** `GET /api/v1/accounts/{id}/tickets` */
export interface TicketRow {
  ticketId: string;
  subject: string | null;
  status: string;
  priority: string;
  kind: string | null;
  openedAt: string | null;
  solvedAt: string | null;
  csat: number | null;
  sentiment: number | null;
  url: string | null;
  escalated: boolean;
}

export interface TicketsBody {
  items: TicketRow[];
}

export type TimelineKind =
  'alert' | 'ticket' | 'stakeholder' | 'contract' | 'survey' | 'touchpoint' | 'note' | 'score' | 'invoice' | 'account';

/** `GET /api/v1/accounts/{id}/timeline` */
export interface TimelineItem {
  id: string;
  at: string;
  kind: TimelineKind;
  title: string;
  detail: string | null;
  severity?: Severity | null;
  link?: string | null;
}

export type TimelineBody = Page<TimelineItem>;

/** `GET /api/v1/accounts/{id}/notes` */
export interface NoteBody {
  id: string;
  text: string;
  author: { id: string; name: string };
  createdAt: string;
  editedAt: string | null;
}

export type NotesBody = Page<NoteBody>;
