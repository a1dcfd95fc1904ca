import { dayFromIso } from '@tenure/scoring';

import { countryHolidays, withTenantDays } from './country-holidays.projection';

describe('the holidays of a country', () => {
  it('are known by code and by name, once for all accounts', () => {
    const germany = countryHolidays('DE');
    expect(germany.has(dayFromIso('2026-05-01'))).toBe(true);
    expect(germany.has(dayFromIso('2026-05-04'))).toBe(false);
    expect(countryHolidays('Germany')).toEqual(germany);
    expect(countryHolidays('DE')).toBe(germany);
  });

  it('are none where nobody knows the country', () => {
    expect(countryHolidays('Atlantis').size).toBe(0);
    expect(countryHolidays(undefined).size).toBe(0);
  });

  it('have the tenant’s own days beside them, as the same object', () => {
    const own = new Set([dayFromIso('2026-12-28')]);
    const both = withTenantDays(countryHolidays('DE'), own);
    expect(both.has(dayFromIso('2026-12-28'))).toBe(true);
    expect(both.has(dayFromIso('2026-05-01'))).toBe(true);
    expect(withTenantDays(countryHolidays('DE'), own)).toBe(both);
    expect(withTenantDays(countryHolidays('DE'), new Set())).toBe(countryHolidays('DE'));
  });
});
