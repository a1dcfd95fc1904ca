import { dayFromIso } from '@tenure/scoring';
import { arrBody, type ShownMovement } from './arr-body.domain';

const today = dayFromIso('2026-06-10');
const movement = (iso: string, amountMinor: number, arrAfterMinor: number, currency = 'EUR'): ShownMovement => ({
  movementId: `${iso}-${currency}`,
  day: dayFromIso(iso),
  kind: 'new',
  product: 'core',
  contractId: 'a',
  amountMinor,
  currency,
  arrAfterMinor,
  reason: null,
});

describe('arrBody', () => {
  it('adds up to today, leads with the largest currency, and shows what is ahead', () => {
    const movements = [
      movement('2026-01-01', 1_000_10, 1_000_10),
      movement('2026-02-01', 5_000_00, 5_000_00, 'USD'),
      movement('2026-07-01', 200_00, 1_200_10),
    ];
    expect(arrBody({ movements, profile: { arr: 7, currency: 'EUR' }, hasContracts: true }, today)).toMatchObject({
      arr: 5_000,
      currency: 'USD',
      source: 'contracts',
      byCurrency: { USD: 5_000, EUR: 1_000.1 },
      movements: [{ date: '2026-01-01', amount: 1_000.1 }, {}, { date: '2026-07-01', arrAfter: 1_200.1 }],
    });
  });

  it('takes the profile only while there is no contract, and knows when there is neither', () => {
    const profile = { arr: 900, currency: 'EUR' };
    expect(arrBody({ movements: [], profile, hasContracts: false }, today)).toMatchObject({
      arr: 900,
      source: 'profile',
    });
    expect(arrBody({ movements: [], profile, hasContracts: true }, today)).toMatchObject({
      arr: 0,
      source: 'contracts',
    });
    expect(arrBody({ movements: [], profile: {}, hasContracts: false }, today)).toMatchObject({
      arr: null,
      source: null,
    });
  });
});
