import type { EventDefinition } from '../event-definition';
import { accountChanged, accountDeleted, accountMerged } from './account';
import { arrMoved } from './arr-movement';
import { contractChanged } from './contract';
import { erasureApplied, erasureRequested } from './erasure';
import { healthScoreChanged } from './health-score';
import { incidentChanged } from './incident';
import { invoiceChanged } from './invoice';
import { metricRecorded } from './metric';
import { opportunityChanged, opportunityClosed, opportunityOpened } from './opportunity';
import { eventHeld, eventRejected } from './receipt';
import { renewalChanged, renewalClosed, renewalOpened } from './renewal';
import { riskAlertEvents } from './risk-alert';
import { sourceChanged } from './source';
import { stakeholderChanged } from './stakeholder';
import { surveyResponded } from './survey';
import { tenantChanged } from './tenant';
import { ticketChanged } from './ticket';
import { touchpointRecorded } from './touchpoint';
import { usageRecorded } from './usage';
import { userChanged } from './user';

/** What the tenant's systems send. */
export const inputEvents: readonly EventDefinition[] = [
  usageRecorded,
  userChanged,
  metricRecorded,
  ticketChanged,
  stakeholderChanged,
  accountChanged,
  accountMerged,
  accountDeleted,
  contractChanged,
  invoiceChanged,
  surveyResponded,
  touchpointRecorded,
  incidentChanged,
];

/** What the services publish. */
export const outputEvents: readonly EventDefinition[] = [
  ...Object.values(riskAlertEvents),
  healthScoreChanged,
  opportunityOpened,
  opportunityChanged,
  opportunityClosed,
  renewalOpened,
  renewalChanged,
  renewalClosed,
  arrMoved,
  tenantChanged,
  sourceChanged,
  eventRejected,
  eventHeld,
  erasureRequested,
  erasureApplied,
];

/** Every event of the published language. */
export const events: readonly EventDefinition[] = [...inputEvents, ...outputEvents];

const byType = new Map(events.map((definition) => [definition.type, definition]));

/** The definition of a type, or undefined for a type that is not ours. */
export const eventByType = (type: string): EventDefinition | undefined => byType.get(type);
