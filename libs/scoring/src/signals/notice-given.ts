import { viewOf } from '../features/standpoint';
import { isoFromDay } from '../time/day';
import { dayStart } from '../time/zoned-day';
import { evidence } from './evidence';
import type { SignalDefinition, Standpoint, Verdict } from './signal';

type Parameters = Readonly<Record<string, never>>;

export const noticeGiven: SignalDefinition<Parameters> = {
  name: 'notice-given',
  version: 1,
  title: 'Notice of non-renewal',
  condition: 'Notice of non-renewal was given and the contract still runs.',
  clears: 'The notice is withdrawn, or the contract has ended.',
  baseSeverity: 'critical',
  inputs: ['contracts'],
  needs: 'all',
  waitsOnIncident: false,
  clearAfterHours: 0,
  recommendedAction: 'Call the decision maker today, understand the reason, and decide whether a save is worth it.',
  defaults: {},
  parameters: {},
  assess,
};

/** Holds until the contract has ended (then it is an outcome, not a risk) or the notice is withdrawn. */
function assess({ history, asOf, today }: Standpoint<Parameters>): Verdict {
  const { notice } = viewOf(history, asOf).terms;
  if (!notice)
    return {
      holds: false,
      since: null,
      summary: 'No notice',
      reason: 'No notice has been given.',
      evidence: [],
      due: null,
    };
  const why = notice.reason === null ? '' : ` Reason given: ${notice.reason}.`;
  return {
    holds: true,
    since: dayStart(notice.day, history.timeZone),
    summary: `Notice given for ${isoFromDay(notice.end)}`,
    reason: `Notice was given on ${isoFromDay(notice.day)}; the contract ends on ${isoFromDay(notice.end)}.${why}`,
    evidence: [
      evidence('Days until the contract ends', 'days-to-end', 'days', {
        value: notice.end - today,
        ids: [notice.contractId],
      }),
    ],
    due: dayStart(notice.end + 1, history.timeZone),
  };
}
