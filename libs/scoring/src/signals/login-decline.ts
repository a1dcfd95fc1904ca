import { percent, round } from '../features/standpoint';
import { assessDecline, declineDefaults, declineParameters, type DeclineParameters } from './decline';
import type { SignalDefinition } from './signal';

export const loginDecline: SignalDefinition<DeclineParameters> = {
  name: 'login-decline',
  version: 1,
  title: 'Sign-ins are declining',
  condition:
    'People who sign in: 14 days at least 30 % and 3 people below the mean of the four 14-day windows before, or the 4-week mean at least 25 % below weeks 5–26, true on two weekly checks.',
  clears: 'Both drops are smaller than 15 % and 12 % for a day.',
  baseSeverity: 'medium',
  inputs: ['usage'],
  needs: 'all',
  waitsOnIncident: true,
  clearAfterHours: 24,
  recommendedAction: 'Find out who stopped signing in and whether access, a rollout or the need for it changed.',
  defaults: declineDefaults,
  parameters: declineParameters,
  requires: ({ marks }) =>
    marks && marks.signIn.length > 0 ? null : 'Not assessable: no event name is marked as a sign-in.',
  assess: (standpoint) =>
    assessDecline(standpoint, {
      names: standpoint.history.marks?.signIn ?? [],
      steady: 'Sign-ins are steady',
      sentence: ({ now, baseline, change }, period) => {
        const [from, to] = [round(baseline), round(now)];
        if (from === to) return `${to} people signed in in ${period}, as many as before.`;
        const sign = to < from ? '−' : '+';
        return `People who sign in went from ${from} to ${to} in ${period} (${sign}${percent(Math.abs(change))}).`;
      },
      label: 'People who sign in',
      metric: 'sign-ins',
      volume: false,
    }),
};
