import { championLeft } from './champion-left';
import { downgrade } from './downgrade';
import { engagementDrop } from './engagement-drop';
import { escalationOpen } from './escalation-open';
import { goalChange } from './goal-change';
import { keyFeatureDrop } from './key-feature-drop';
import { loginDecline } from './login-decline';
import { lowAdoption } from './low-adoption';
import { negativeSentiment } from './negative-sentiment';
import { noticeGiven } from './notice-given';
import { onboardingStalled } from './onboarding-stalled';
import { paymentOverdue } from './payment-overdue';
import { renewalTalkMissed } from './renewal-talk-missed';
import { renewalUnprepared } from './renewal-unprepared';
import { seatShelfware } from './seat-shelfware';
import type { ParameterValues, SignalDefinition } from './signal';
import { silence } from './silence';
import { singleThreaded } from './single-threaded';
import { stakeholderChange } from './stakeholder-change';
import { ticketAgeing } from './ticket-ageing';
import { ticketSpike } from './ticket-spike';
import { usageDecline } from './usage-decline';

/**
 * The catalogue: one file per signal, listed here in the order in which a CSM would look for them. A definition's own parameter type ends at this
 * list, where tenants' parameters (flat numbers and switches, over the defaults) come in.
 */
export const SIGNALS: readonly SignalDefinition[] = [
  usageDecline,
  loginDecline,
  keyFeatureDrop,
  lowAdoption,
  silence,
  championLeft,
  stakeholderChange,
  singleThreaded,
  engagementDrop,
  ticketSpike,
  ticketAgeing,
  escalationOpen,
  negativeSentiment,
  onboardingStalled,
  goalChange,
  renewalUnprepared,
  renewalTalkMissed,
  noticeGiven,
  paymentOverdue,
  downgrade,
  seatShelfware,
].map((definition) => definition as unknown as SignalDefinition<ParameterValues>);

/** The definition of a name; undefined: there is no such signal. */
export function signalNamed(name: string): SignalDefinition | undefined {
  return SIGNALS.find((definition) => definition.name === name);
}
