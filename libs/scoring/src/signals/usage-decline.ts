import { changeSentence } from '../features/usage-trend';
import { assessDecline, declineDefaults, declineParameters, type DeclineParameters } from './decline';
import type { SignalDefinition } from './signal';

export const usageDecline: SignalDefinition<DeclineParameters> = {
  name: 'usage-decline',
  version: 1,
  title: 'Usage is declining',
  condition:
    'Human active users: 14 days at least 30 % and 3 people below the mean of the four 14-day windows before, or the 4-week mean at least 25 % below weeks 5–26. The base is 5 people, the drop beyond the account’s own noise, true on two weekly checks.',
  clears: 'Both drops are smaller than 15 % and 12 % for a day.',
  baseSeverity: 'medium',
  inputs: ['usage'],
  needs: 'all',
  waitsOnIncident: true,
  clearAfterHours: 24,
  recommendedAction: 'Ask the champion what changed for the people who stopped, and offer a session for them.',
  defaults: declineDefaults,
  parameters: declineParameters,
  assess: (standpoint) =>
    assessDecline(standpoint, {
      steady: 'Usage is steady',
      sentence: changeSentence,
      label: 'Active users',
      metric: 'active-users',
      volume: true,
    }),
};
