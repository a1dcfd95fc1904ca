import type { TenantChanged } from '@tenure/contracts';

/** What a tenant decides about itself. Optional fields are left out where the tenant never set them. */
export type Settings = Pick<
  TenantChanged,
  'name' | 'timeZone' | 'currency' | 'fiscalYearStart' | 'businessDays' | 'holidays' | 'sourcePriority' | 'settings'
>;

export interface Tenant extends Settings {
  readonly id: string;
  readonly version: number;
}

/** Until an admin sets them. */
export const defaultSettings = { timeZone: 'UTC', currency: 'USD', fiscalYearStart: 1 } as const;

export function withSettings(
  tenant: Tenant,
  change: { readonly [K in keyof Settings]?: Settings[K] | undefined },
): Tenant {
  const given = Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  ) as Partial<Settings>;
  return { ...tenant, ...given, version: tenant.version + 1 };
}

/** The tenant as the topic `tenant-changes.v1` carries it, whole. */
export function toTenantChanged({ id, ...rest }: Tenant): TenantChanged {
  return { ...rest, tenantId: id, state: 'active' };
}

/** `Acme Inc.` → `acme-inc`; empty where a name has nothing that can stand in an id. */
export function tenantIdFrom(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '');
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
