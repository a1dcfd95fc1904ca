import { asOf } from '../history/as-of';
import { emptyHistory, entity, humans, NOON, noonOf, TODAY, workdays } from '../history/history-builder';
import { UsageDays } from '../history/usage-days';
import { signalNamed } from '../signals/registry';
import type { SignalDefinition, SignalName } from '../signals/signal';
import { dryRun, lostOn } from './dry-run';

const named = (name: SignalName): SignalDefinition => {
  const found = signalNamed(name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};
const year = { from: TODAY - 200, to: TODAY - 1 };

describe('a dry run over the past', () => {
  const quiet = (from: number, to: number) =>
    emptyHistory({
      users: humans(20),
      usage: UsageDays.of(workdays(400, 0, (ago) => (ago <= from && ago >= to ? 0 : 8))),
    });

  it('fires on the day on which the condition became true then, and ends with it', () => {
    const [one, ...others] = dryRun(named('silence'), quiet(60, 40), year, undefined);
    expect(others).toEqual([]);
    // Last use on the Friday 61 days ago; seven business days on is the end of a Tuesday, so it is true from then on; back on a Monday.
    expect(one).toMatchObject({ day: TODAY - 49, until: TODAY - 37 });
  });

  it('fires more often the more sensitive it is', () => {
    const gap = quiet(60, 51);
    expect(dryRun(named('silence'), gap, year, undefined)).toHaveLength(0);
    expect(dryRun(named('silence'), gap, year, { parameters: { minDays: 3 } })).toHaveLength(1);
    expect(dryRun(named('silence'), gap, year, { off: true })).toHaveLength(0);
  });

  it('does not count what was true already, and sees nothing that came to be known later', () => {
    const silent = quiet(400, 100);
    expect(dryRun(named('silence'), silent, { from: TODAY - 150, to: TODAY - 110 }, undefined)).toEqual([]);
    const late = {
      status: 'open' as const,
      priority: 'urgent' as const,
      openedAt: noonOf(50),
      escalatedAt: noonOf(50),
    };
    const known = (daysAgo: number) => emptyHistory({ tickets: [entity('t', 50, late, daysAgo)] });
    expect(dryRun(named('escalation-open'), known(20), year, undefined).map((one) => one.day)).toEqual([TODAY - 20]);
  });

  it('knows when a customer was lost', () => {
    const contract = {
      start: TODAY - 400,
      end: TODAY - 36,
      currency: 'EUR',
      lines: [{ lineId: 'l', kind: 'recurring' as const, arrMinor: 1 }],
    };
    const ended = emptyHistory({ contracts: [entity('c', 300, { ...contract, status: 'ended' as const })] });
    expect(lostOn(ended, asOf(NOON))).toBe(TODAY - 35);
    const runs = emptyHistory({
      contracts: [entity('c', 300, { ...contract, status: 'active' as const, end: TODAY + 9 })],
    });
    expect(lostOn(runs, asOf(NOON))).toBeNull();
    const stages = [{ at: noonOf(9), knownAt: noonOf(9), state: { stage: 'churned' } }];
    expect(lostOn(emptyHistory({ profile: stages }), asOf(NOON))).toBe(TODAY - 9);
  });
});
