import type { ContractState } from '../history/entities';
import { asOf } from '../history/as-of';
import { emptyHistory, entity, NOON, noonOf, TODAY } from '../history/history-builder';
import { dayFromIso, isoFromDay, type EpochDay } from '../time/day';
import { contractTerms } from './contract-terms';

const line = (lineId: string, arrMinor: number, rest = {}) => ({
  lineId,
  kind: 'recurring' as const,
  arrMinor,
  ...rest,
});

function contract(start: string, end: string, rest: Partial<ContractState> = {}): ContractState {
  const lines = [line('seats', 1_200_00, { metric: 'seats', quantity: 20 })];
  return { status: 'active', start: dayFromIso(start), end: dayFromIso(end), currency: 'EUR', lines, ...rest };
}

const termsOf = (...contracts: ContractState[]) =>
  contractTerms(emptyHistory({ contracts: contracts.map((state, i) => entity(`c${i}`, 600, state)) }), asOf(NOON));
const iso = (day: EpochDay | null) => (day === null ? null : isoFromDay(day));

describe('contractTerms', () => {
  it('reads ARR by currency, seats and the decision date', () => {
    const usd = contract('2025-06-01', '2026-12-31', {
      currency: 'USD',
      lines: [line('base', 50_00), line('setup', 9, { kind: 'one-time' })],
    });
    const terms = termsOf(contract('2025-05-01', '2026-04-30'), usd);
    expect(terms).toMatchObject({ arrByCurrency: { EUR: 1_200_00, USD: 50_00 }, seats: 20, arrSource: 'contracts' });
    expect([iso(terms.decisionDate), terms.daysToDecision, terms.nextContractId]).toEqual(['2026-04-30', 57, 'c0']);
  });

  it('decides before the notice period when it renews by itself', () => {
    const terms = termsOf(contract('2025-07-01', '2026-06-30', { autoRenew: true, noticeDays: 90 }));
    expect([iso(terms.decisionDate), iso(terms.nextEnd), terms.autoRenew]).toEqual(['2026-04-01', '2026-06-30', true]);
  });

  it('rolls on by its own term once the decision date has passed', () => {
    const terms = termsOf(contract('2024-04-01', '2025-03-31', { autoRenew: true, noticeDays: 30 }));
    expect([iso(terms.nextEnd), terms.arrByCurrency]).toEqual(['2027-03-31', { EUR: 1_200_00 }]);
  });

  it('knows the notice, and decides nothing by itself after it', () => {
    const given = contract('2025-07-01', '2026-06-30', {
      status: 'notice-given',
      autoRenew: true,
      noticeDays: 90,
      noticeGivenAt: noonOf(3),
    });
    const terms = termsOf(given);
    expect(terms.notice).toEqual({ contractId: 'c0', day: TODAY - 3, end: dayFromIso('2026-06-30'), reason: null });
    expect([iso(terms.decisionDate), terms.autoRenew]).toEqual(['2026-06-30', false]);
  });

  it('keeps the ARR of an overdue contract for sixty days', () => {
    const overdue = termsOf(contract('2025-01-10', '2026-01-09'));
    expect(overdue).toMatchObject({
      arrByCurrency: { EUR: 1_200_00 },
      overdue: [{ contractId: 'c0', daysOverdue: 54 }],
      inForce: [],
    });
    expect(termsOf(contract('2025-01-03', '2026-01-02'))).toMatchObject({
      arrByCurrency: {},
      overdue: [],
      decisionDate: null,
    });
  });

  it('is not overdue when a signed successor replaces it', () => {
    const next = contract('2026-02-01', '2027-01-31', { replacesContractIds: ['c0'] });
    expect(termsOf(contract('2025-02-01', '2026-01-31'), next)).toMatchObject({ overdue: [], inForce: ['c1'] });
  });

  it('counts a replaced contract only until its successor begins, however long it was to run', () => {
    const next = contract('2026-02-01', '2027-01-31', { replacesContractIds: ['c0', 'c1'] });
    const rolling = contract('2024-02-01', '2025-01-31', { autoRenew: true });
    expect(termsOf(contract('2025-06-01', '2026-05-31'), rolling, next)).toMatchObject({
      arrByCurrency: { EUR: 1_200_00 },
      inForce: ['c2'],
      nextContractId: 'c2',
    });
  });

  it('counts ramps by their lines and nothing of drafts or cancelled ones', () => {
    const ramp = contract('2025-06-01', '2027-05-31', {
      lines: [line('y1', 100, { end: dayFromIso('2026-05-31') }), line('y2', 200, { start: dayFromIso('2026-06-01') })],
    });
    const draft = contract('2026-01-01', '2027-01-01', { status: 'draft' });
    const cancelled = contract('2025-06-01', '2026-12-31', { status: 'cancelled', effectiveDay: TODAY - 10 });
    expect(termsOf(ramp, draft, cancelled)).toMatchObject({ arrByCurrency: { EUR: 100 }, inForce: ['c0'] });
  });

  it('has no decision date when evergreen', () => {
    const terms = termsOf(contract('2025-06-01', '2025-06-30', { evergreen: true }));
    expect(terms).toMatchObject({ decisionDate: null, arrByCurrency: { EUR: 1_200_00 }, overdue: [] });
  });

  it('takes the profile only while there is no contract', () => {
    const profile = [{ at: noonOf(9), knownAt: noonOf(9), state: { arrMinor: 700, currency: 'USD' } }];
    expect(contractTerms(emptyHistory({ profile }), asOf(NOON))).toMatchObject({
      arrByCurrency: { USD: 700 },
      arrSource: 'profile',
    });
    expect(contractTerms(emptyHistory(), asOf(NOON))).toMatchObject({ arrByCurrency: {}, arrSource: 'none' });
  });
});
