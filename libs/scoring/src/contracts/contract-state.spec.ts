import { toMinor } from '@tenure/contracts';
import { dayFromIso } from '../time/day';
import { contractStateOf } from './contract-state';

const reading = { timeZone: 'America/New_York', toMinor };

describe('contractStateOf', () => {
  it('reads money in minor units, days as days, and an instant as a day of the account', () => {
    const state = contractStateOf(
      {
        status: 'cancelled',
        start: '2026-01-01',
        end: '2026-12-31',
        currency: 'EUR',
        effectiveAt: '2026-06-01T02:00:00Z',
        lines: [{ lineId: 'l', product: 'core', kind: 'recurring', arr: 1200.5, start: '2026-02-01' }],
      },
      reading,
    );
    expect(state).toEqual({
      status: 'cancelled',
      start: dayFromIso('2026-01-01'),
      end: dayFromIso('2026-12-31'),
      currency: 'EUR',
      effectiveDay: dayFromIso('2026-05-31'),
      lines: [{ lineId: 'l', product: 'core', kind: 'recurring', arrMinor: 120_050, start: dayFromIso('2026-02-01') }],
    });
  });

  it('keeps absent what is not told', () => {
    const state = contractStateOf(
      { status: 'draft', start: '2026-01-01', end: '2026-01-31', currency: 'JPY' },
      reading,
    );
    expect(state.lines).toEqual([]);
    expect('noticeDays' in state || 'autoRenew' in state).toBe(false);
  });
});
