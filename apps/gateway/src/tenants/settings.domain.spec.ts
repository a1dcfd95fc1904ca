import { tenantChanged, validateData } from '@tenure/contracts';
import {
  defaultSettings,
  isTimeZone,
  tenantIdFrom,
  toTenantChanged,
  withSettings,
  type Tenant,
} from './settings.domain';

const tenant: Tenant = { id: 'acme', name: 'Acme', version: 1, ...defaultSettings };

describe('A tenant', () => {
  it.each([
    ['Acme Inc.', 'acme-inc'],
    ['  Žluťoučký kůň  ', 'zlutoucky-kun'],
    ['A'.repeat(60), 'a'.repeat(40)],
    [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
    ['日本', ''],
  ])('named %j has the id %j', (name, id) => {
    expect(tenantIdFrom(name)).toBe(id);
  });

  it('keeps the settings that a change leaves out, and counts its versions', () => {
    const after = withSettings(tenant, { currency: 'EUR', timeZone: undefined });
    expect(after).toEqual({ ...tenant, currency: 'EUR', version: 2 });
  });

  it('is published as its contract says', () => {
    const full = withSettings(tenant, {
      businessDays: [1, 2, 3, 4, 5],
      holidays: ['2026-12-25'],
      sourcePriority: { '*': ['crm'] },
      settings: { health: {} },
    });
    expect(validateData(tenantChanged, toTenantChanged(tenant))).toEqual({ ok: true });
    expect(validateData(tenantChanged, toTenantChanged(full))).toEqual({ ok: true });
  });

  it('lives in a time zone that exists', () => {
    expect(isTimeZone('Europe/Prague')).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
  });
});
