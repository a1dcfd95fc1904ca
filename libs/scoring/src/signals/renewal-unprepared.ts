import { twoWayContacts, type Contact } from '../features/contact';
import { count, viewOf, windowOf, type View } from '../features/standpoint';
import { stateAt } from '../history/as-of';
import type { ContractState } from '../history/entities';
import { isoFromDay, type EpochDay } from '../time/day';
import { dayStart, zonedDay } from '../time/zoned-day';
import { evidence } from './evidence';
import type { SignalDefinition, Standpoint, Verdict } from './signal';

const defaults = {
  /** Days before the decision date from which it should be prepared. */
  horizonDays: 90,
  /** A conversation up to so many days before that counts. */
  earlyDays: 90,
  /** Shorter terms open no renewal. */
  minTermDays: 180,
};
type Parameters = typeof defaults;

export const renewalUnprepared: SignalDefinition<Parameters> = {
  name: 'renewal-unprepared',
  version: 1,
  title: 'The renewal is not prepared',
  condition:
    'The decision date is 150 days (enterprise) or 90 days (mid-market) away or less, and there was no renewal conversation: a renewal or executive talk, or a review, from 90 days before that on. Off for SMB.',
  clears: 'There was such a conversation, or the contract is renewed.',
  baseSeverity: 'medium',
  inputs: ['contracts', 'touchpoints'],
  needs: 'all',
  waitsOnIncident: false,
  clearAfterHours: 0,
  recommendedAction: 'Set a date for the renewal talk, and bring what was achieved, what is open and an offer.',
  defaults,
  parameters: {
    horizonDays: { label: 'Days before the decision date', unit: 'days', min: 14, max: 540, integer: true },
    earlyDays: { label: 'Conversations count from, days before that', unit: 'days', min: 0, max: 365, integer: true },
    minTermDays: { label: 'Terms of at least', unit: 'days', min: 1, max: 1_095, integer: true },
  },
  variants: {
    enterprise: { parameters: { horizonDays: 150 } },
    'mid-market': { parameters: { horizonDays: 90 } },
    smb: { off: true },
  },
  assess,
};

function assess({ history, asOf, today, parameters }: Standpoint<Parameters>): Verdict {
  const view = viewOf(history, asOf);
  const decision = decisionOf(view, parameters);
  if (decision === null) return calm('No renewal is to be decided.', null);
  const from = decision - parameters.horizonDays;
  if (today < from) return calm(`The decision date is ${isoFromDay(decision)}.`, dayStart(from, history.timeZone));
  const talk = conversation(view, from - parameters.earlyDays);
  const day = isoFromDay(decision);
  if (talk) return calm(`The last conversation towards the renewal was on ${isoFromDay(dayOf(view, talk))}.`, null);
  const days = decision - today;
  const when = days >= 0 ? `is in ${count(days, 'day')}` : `was ${count(-days, 'day')} ago`;
  return {
    holds: true,
    since: dayStart(from, history.timeZone),
    summary:
      days >= 0
        ? `${count(days, 'day')} to the decision, and no renewal talk yet`
        : 'The decision date passed without a renewal talk',
    reason: `The decision date, ${day}, ${when}; no renewal, executive or review talk since ${isoFromDay(from - parameters.earlyDays)}.`,
    evidence: [
      evidence('Days to the decision', 'days-to-decision', 'days', {
        value: days,
        threshold: parameters.horizonDays,
        window: windowOf(from, today, `since ${isoFromDay(from)}`),
        ids: view.terms.nextContractId === null ? [] : [view.terms.nextContractId],
      }),
    ],
    due: null,
  };
}

const calm = (reason: string, due: number | null): Verdict => ({
  holds: false,
  since: null,
  summary: 'The renewal is on its way',
  reason,
  evidence: [],
  due,
});

/** The decision date of a term that is long enough to renew; null where notice was given. */
function decisionOf(view: View, { minTermDays }: Parameters): EpochDay | null {
  const { nextContractId, nextEnd, decisionDate, notice } = view.terms;
  if (notice !== null || nextContractId === null || nextEnd === null || decisionDate === null) return null;
  const contract = view.history.contracts.find((one) => one.id === nextContractId);
  const state: ContractState | null = contract ? stateAt(contract.states, view.asOf) : null;
  return state && state.end + 1 - state.start >= minTermDays ? decisionDate : null;
}

const PURPOSES: readonly (string | undefined)[] = ['renewal', 'executive', 'review'];

function conversation(view: View, from: EpochDay): Contact | undefined {
  return twoWayContacts(view).find((one) => PURPOSES.includes(one.state.purpose) && dayOf(view, one) >= from);
}

const dayOf = (view: View, { at }: Contact): EpochDay => zonedDay(at, view.history.timeZone);
