/** The REST shapes this console reads, as the contracts name them, and what the console alone gives a name. */
import type {
  AccountRow,
  ArrMoved,
  CountedPage,
  OwnerRef,
  PersonRow,
  RenewalCategory,
  ApiKeyRow as ApiKey,
} from '@tenure/contracts';

export type {
  AccountProfile,
  AccountRow,
  ArrBody,
  Band,
  DeliveryRow as Delivery,
  DestinationRow as Destination,
  DigestBody as Digest,
  Evidence,
  DisagreementsBody as Disagreements,
  HealthBody as Health,
  HealthHistoryBody as HealthHistory,
  LedgerBody as Ledger,
  LedgerCause,
  PulsesBody as Pulses,
  HealthContribution as Contribution,
  HealthDistributionBody as HealthDistribution,
  MappingBody as SourceMapping,
  MeBody as Me,
  NoteBody as Note,
  Page,
  PreviewBody as MappingPreview,
  PersonRow as Person,
  RejectsBody as Rejects,
  RenewalCalendarBody,
  RenewalMonth,
  RenewalRow as Renewal,
  RenewalStage,
  RetentionBody as Retention,
  RiskAlert as Alert,
  Role,
  Severity,
  SignalsBody,
  SourceRow as Source,
  StakeholderRow as Stakeholder,
  TicketRow as Ticket,
  TimelineItem,
  TodayBody as TodayList,
  TodayItem,
  UsageBody,
  UsageDay,
} from '@tenure/contracts';
import type { HeldBody } from '@tenure/contracts';

export type Category = RenewalCategory;
export type HeldGroup = HeldBody['items'][number];
export type { ApiKey };

/** `GET /api/v1/accounts`; with facets where the API names what can be filtered by. */
export interface AccountPage extends CountedPage<AccountRow> {
  facets?: { segments?: string[]; stages?: string[]; owners?: OwnerRef[] };
}

/** A line of the ledger behind a figure of retention. */
export type Movement = Omit<ArrMoved, 'accountId' | 'version' | 'removed'> & {
  accountId?: string;
  accountName?: string | null;
};

/** What inviting a person answers: with the one-time link, shown once. */
export type Invited = PersonRow & { signInLink?: string };
