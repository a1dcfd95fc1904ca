import fc from 'fast-check';
import { closeness, rankAccounts, sentenceOf, type WaitingAccount, type WaitingAlert } from './ranking.domain';

const alert = (over: Partial<WaitingAlert> = {}): WaitingAlert => ({
  alertId: 'alert-1',
  signal: 'usage-decline',
  severity: 'high',
  summary: '11 people were active in 14 days, 44 % fewer than usual.',
  since: new Date('2026-03-01T00:00:00Z'),
  preexisting: false,
  arrAtRiskMinor: null,
  ...over,
});

const account = (accountId: string, over: Partial<WaitingAccount> = {}): WaitingAccount => ({
  accountId,
  arrMinor: 100_000_00n,
  currency: 'USD',
  daysToDecision: 90,
  alerts: [alert()],
  ...over,
});

const mean = new Map([
  ['USD', 100_000_00],
  ['JPY', 10_000_000],
]);
const order = (accounts: WaitingAccount[]): string[] =>
  rankAccounts(accounts, mean).map((each) => each.account.accountId);

describe('the ranking of Today', () => {
  it('multiplies ARR at risk, severity and closeness', () => {
    const [ranked] = rankAccounts([account('a', { arrMinor: 250_000_00n })], mean);
    expect(ranked?.weight).toBeCloseTo(2.5 * 8 * 0.5);
  });

  it('puts more money, a worse alert and a nearer decision first', () => {
    expect(order([account('small', { arrMinor: 1_00n }), account('large')])).toEqual(['large', 'small']);
    expect(order([account('mild', { alerts: [alert({ severity: 'low' })] }), account('bad')])).toEqual(['bad', 'mild']);
    expect(order([account('far', { daysToDecision: 200 }), account('near', { daysToDecision: 5 })])).toEqual([
      'near',
      'far',
    ]);
  });

  it('takes what the alerts put at risk before the whole ARR', () => {
    const partly = account('partly', { arrMinor: 900_000_00n, alerts: [alert({ arrAtRiskMinor: 10_000_00n })] });
    expect(rankAccounts([partly, account('whole')], mean).map((each) => each.arrAtRiskMinor)).toEqual([
      100_000_00n,
      10_000_00n,
    ]);
  });

  it('measures each currency by its own mean, so that a million yen is not a million dollars', () => {
    const yen = account('yen', { currency: 'JPY', arrMinor: 10_000_000n });
    const dollars = account('dollars', { arrMinor: 200_000_00n });
    expect(order([yen, dollars])).toEqual(['dollars', 'yen']);
  });

  it('lists what was there at go-live below everything that is new, and says so', () => {
    const old = account('old', { arrMinor: 9_000_000_00n, alerts: [alert({ preexisting: true })] });
    expect(order([old, account('new', { arrMinor: 1_00n })])).toEqual(['new', 'old']);
    expect(sentenceOf(alert({ preexisting: true }))).toContain('pre-existing');
  });

  it('keeps accounts without a known ARR, by urgency', () => {
    const unknown = (id: string, days: number) => account(id, { arrMinor: null, currency: null, daysToDecision: days });
    expect(order([unknown('later', 100), unknown('soon', 3), account('known')])).toEqual(['known', 'soon', 'later']);
  });

  it('names the worst reason first', () => {
    const alerts = [alert({ alertId: 'low', severity: 'low' }), alert({ alertId: 'critical', severity: 'critical' })];
    expect(rankAccounts([account('a', { alerts })], mean)[0]?.alerts.map((each) => each.alertId)).toEqual([
      'critical',
      'low',
    ]);
  });

  it('leaves out accounts without an alert', () => expect(order([account('calm', { alerts: [] })])).toEqual([]));

  it('is the same order for any order of the input', () => {
    const accounts = fc.uniqueArray(
      fc.record({
        id: fc.string({ minLength: 1 }),
        arr: fc.bigInt(0n, 10n ** 9n),
        days: fc.integer({ min: -50, max: 500 }),
      }),
      { selector: (each) => each.id },
    );
    fc.assert(
      fc.property(accounts, (list) => {
        const made = list.map(({ id, arr, days }) => account(id, { arrMinor: arr, daysToDecision: days }));
        expect(order(made)).toEqual(order(made.toReversed()));
      }),
    );
  });
});

describe('closeness', () => {
  it('is 1 on the day, a half at 90 days, a fifth at about a year and without a date', () => {
    expect([closeness(0), closeness(90), closeness(360)]).toEqual([1, 0.5, 0.2]);
    expect(closeness(null)).toBe(closeness(365));
    expect(closeness(-20)).toBe(1);
  });
});
