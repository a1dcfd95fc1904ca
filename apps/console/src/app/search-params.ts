/** Reads what the URL says into typed search parameters: unknown or wrong values are dropped, never thrown at. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
  return allowed.find((entry) => entry === value);
}

export interface AccountsSearch {
  search?: string;
  band?: string;
  segment?: string;
  owner?: string;
  stage?: string;
  sort?: string;
}

export interface AlertsSearch {
  status?: string;
  severity?: string;
  signal?: string;
  accountId?: string;
  alert?: string;
}

export interface RenewalsSearch {
  category?: string;
  stage?: string;
  owner?: string;
  month?: string;
}

export interface ReportsSearch {
  compare?: string;
  from?: string;
  to?: string;
  by?: 'segment' | 'owner';
  figure?: string;
}

/** Only the named parameters that hold text; the others vanish from the URL. */
function pick<K extends string>(search: Record<string, unknown>, keys: readonly K[]): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {};
  for (const key of keys) {
    const value = text(search[key]);
    if (value !== undefined) found[key] = value;
  }
  return found;
}

export function accountsSearch(search: Record<string, unknown>): AccountsSearch {
  return pick(search, ['search', 'band', 'segment', 'owner', 'stage', 'sort']);
}

export function alertsSearch(search: Record<string, unknown>): AlertsSearch {
  return pick(search, ['status', 'severity', 'signal', 'accountId', 'alert']);
}

export function renewalsSearch(search: Record<string, unknown>): RenewalsSearch {
  return pick(search, ['category', 'stage', 'owner', 'month']);
}

export function reportsSearch(search: Record<string, unknown>): ReportsSearch {
  const by = oneOf(search.by, ['segment', 'owner']);
  return { ...pick(search, ['compare', 'from', 'to', 'figure']), ...(by ? { by } : {}) };
}

export function todaySearch(search: Record<string, unknown>): { owner?: 'me' | 'all' } {
  const owner = oneOf(search.owner, ['me', 'all']);
  return owner ? { owner } : {};
}

/** Which tab of a source is open; the first one goes without saying. */
export function sourceSearch(search: Record<string, unknown>): { tab?: string } {
  return pick(search, ['tab']);
}

export function signInSearch(search: Record<string, unknown>): { token?: string; next?: string; expired?: '1' } {
  const expired = text(search.expired) === '1' ? { expired: '1' as const } : {};
  return { ...pick(search, ['token', 'next']), ...expired };
}

/** Where to go after sign-in: a path of this site only. '//host' and '/\host' would lead away. */
export function safeNext(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : '/';
}
