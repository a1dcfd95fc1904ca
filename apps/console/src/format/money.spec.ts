import { count, money, percent, plural, shortMoney, signedMoney } from './money';

describe('money', () => {
  it('is written in the currency of the amount', () => {
    expect(money(120000, 'USD')).toBe('$120,000');
    expect(money(1200, 'EUR')).toBe('€1,200');
    expect(money(12.5, 'USD')).toBe('$12.50');
  });

  it('is a dash when not known, and zero when zero', () => {
    expect(money(null, 'USD')).toBe('–');
    expect(money(0, 'USD')).toBe('$0');
  });

  it('is short in rows', () => {
    expect(shortMoney(4_200_000, 'USD')).toBe('$4.2M');
    expect(shortMoney(120_400, 'EUR')).toBe('€120.4k');
    expect(shortMoney(999, 'USD')).toBe('$999');
    expect(shortMoney(undefined, 'USD')).toBe('–');
  });

  it('shows the direction of a movement', () => {
    expect(signedMoney(500, 'USD')).toBe('+$500');
    expect(signedMoney(-500, 'USD')).toBe('−$500');
    expect(signedMoney(0, 'USD')).toBe('$0');
  });
});

describe('numbers', () => {
  it('are grouped, counted and given as percent', () => {
    expect(count(12345)).toBe('12,345');
    expect(percent(0.873)).toBe('87\u202f%');
    expect(percent(1.0423, 1)).toBe('104.2\u202f%');
    expect(percent(null)).toBe('–');
    expect(plural(1, 'account')).toBe('1 account');
    expect(plural(2, 'reply', 'replies')).toBe('2 replies');
  });
});
