import { type ContractState, DAY_MS, dayFromIso } from '@tenure/scoring';
import { spansOf } from '../contracts/contract-span.domain';
import { termsOf } from '../contracts/contract-term.domain';
import { cancelRisks } from './cancel-risk.domain';

const today = dayFromIso('2026-06-10');
const lines = [{ lineId: 'l1', product: 'core', kind: 'recurring' as const, arrMinor: 1_200_00 }];
function risksOf(rest: Partial<ContractState>) {
  const start = dayFromIso('2026-06-01');
  const state: ContractState = { status: 'active', start, end: start + 29, currency: 'EUR', lines, ...rest };
  const told = [{ at: start * DAY_MS, state, effectiveDay: null, reasonCode: null }];
  return cancelRisks(spansOf(termsOf({ contractId: 'm', told }, 'UTC'), today), null, today);
}

describe('cancelRisks', () => {
  it('spreads the prior of a year over 90 days and a month, of evergreen and short plans', () => {
    for (const rest of [{ evergreen: true }, {}]) {
      const [risk] = risksOf(rest);
      expect(risk).toMatchObject({ contractId: 'm', arr: 1_200, currency: 'EUR', basis: 'prior' });
      expect((1 - (risk?.monthly ?? 0)) ** 3).toBeCloseTo(1 - (risk?.probability ?? 0), 3);
      expect(risk?.probability).toBeLessThan(0.05);
    }
  });

  it('is near certain once notice was given, and says so', () => {
    const [risk] = risksOf({ evergreen: true, status: 'notice-given' });
    expect(risk?.probability).toBeGreaterThan(0.9);
    expect(risk?.why).toContain('Notice of non-renewal has been given.');
  });

  it('says nothing of terms that renew, and of plans that ended', () => {
    expect(risksOf({ end: today + 200 })).toEqual([]);
    expect(risksOf({ status: 'ended', end: today - 1 })).toEqual([]);
  });
});
