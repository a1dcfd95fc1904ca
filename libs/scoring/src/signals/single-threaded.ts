import { twoWayContacts } from '../features/contact';
import { liveStakeholders } from '../features/relationship';
import { isLive, lastDays, viewOf } from '../features/standpoint';
import { DAY_MS } from '../time/day';
import { dayStart, zonedDay } from '../time/zoned-day';
import { evidence } from './evidence';
import type { SignalDefinition, Standpoint, Verdict } from './signal';

const defaults = {
  /** A contact is live for so long after a two-way contact or a sign-in. */
  liveDays: 90,
  /** Holds at so many live contacts or fewer. */
  atMost: 1,
  /** Younger accounts are still getting to know people. */
  minAgeDays: 90,
};
type Parameters = typeof defaults;

export const singleThreaded: SignalDefinition<Parameters> = {
  name: 'single-threaded',
  version: 1,
  title: 'Only one live contact',
  condition:
    'At most one stakeholder had a two-way contact or signed in within 90 days (enterprise and mid-market). A standing mark: shown, never pushed.',
  clears: 'Two or more have been live for a week.',
  standing: true,
  baseSeverity: 'low',
  inputs: ['stakeholders', 'touchpoints'],
  needs: 'all',
  waitsOnIncident: false,
  clearAfterHours: 168,
  recommendedAction: 'Ask your contact to introduce two more people: one who decides and one who uses it every day.',
  defaults,
  parameters: {
    liveDays: { label: 'Live within', unit: 'days', min: 14, max: 365, integer: true },
    atMost: { label: 'Live contacts, at most', unit: 'people', min: 0, max: 10, integer: true },
    minAgeDays: { label: 'Accounts older than', unit: 'days', min: 0, max: 730, integer: true },
  },
  variants: { smb: { off: true } },
  assess,
};

function assess({ history, asOf, today, since, parameters }: Standpoint<Parameters>): Verdict {
  const view = viewOf(history, asOf);
  const { here, live } = liveStakeholders(
    view,
    isLive(view, 'touchpoints') ? twoWayContacts(view) : [],
    parameters.liveDays,
  );
  const old = today - zonedDay(history.firstSeen, history.timeZone) >= parameters.minAgeDays;
  const holds = old && here > 0 && live.length <= parameters.atMost;
  const names = live.map(({ state }) => state.name).join(', ');
  const of = `of ${here} known ${here === 1 ? 'person' : 'people'}`;
  return {
    holds,
    since: holds ? (since ?? asOf.at) : null,
    summary: holds
      ? live.length === 0
        ? 'No contact is live'
        : `${names} is the only live contact`
      : 'Several contacts are live',
    reason: `${live.length} ${of} had a two-way contact or signed in within ${parameters.liveDays} days${names ? `: ${names}` : ''}.`,
    evidence: [
      evidence('Live contacts', 'live-contacts', 'people', {
        value: live.length,
        baseline: here,
        threshold: parameters.atMost,
        window: lastDays(view, parameters.liveDays),
        ids: live.map(({ id }) => id),
      }),
    ],
    due: here === 0 ? null : Math.max(dayStart(today + 1, history.timeZone), asOf.at + DAY_MS / 24),
  };
}
