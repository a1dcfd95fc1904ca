import { championLeft } from './champion-left';
import { escalationOpen } from './escalation-open';
import { negativeSentiment } from './negative-sentiment';
import { noticeGiven } from './notice-given';
import type { ParameterValues, SignalDefinition } from './signal';
import { silence } from './silence';
import { ticketSpike } from './ticket-spike';
import { usageDecline } from './usage-decline';

/**
 * The catalogue: one file per signal, listed here. A definition's own parameter type ends at this list, where tenants'
 * parameters (flat numbers and switches, over the defaults) come in.
 */
export const SIGNALS: readonly SignalDefinition[] = [
  usageDecline,
  silence,
  championLeft,
  ticketSpike,
  escalationOpen,
  negativeSentiment,
  noticeGiven,
].map((definition) => definition as unknown as SignalDefinition<ParameterValues>);
