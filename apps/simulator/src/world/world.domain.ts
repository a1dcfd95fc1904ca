import type { Account, World, WorldOptions } from './account.domain';
import { addMonths } from './calendar.domain';
import { castAccounts, csms } from './cast-accounts.domain';
import { sickRoles } from './cast.domain';
import { type Random, at, fingerprint, randomOf } from './random.domain';

/** The size of the book of the first CSM at 300 accounts; other sizes scale it. */
const bookOf300 = { accounts: 65, arr: 4_200_000 };
const planAheadDays = 400;

/** The whole base, arranged: a pure function of seed, size, length and last day. */
export function createWorld(options: WorldOptions): World {
  const start = addMonths(options.until, -options.months) + 1;
  const random = randomOf(options.seed, 'arrangement');
  const cast = arrangeFamilies(random, arrangeMergers(random, arrangeBook(random, castAccounts(options, start))));
  const { seed, accounts, months, until } = options;
  const tag = fingerprint([seed, accounts, months, until].join('/')).slice(0, 6);
  return { ...options, start, horizon: options.until + planAheadDays, tag, cast };
}

/** Chooses the first CSM's book, one of each kind of trouble in it, and makes its revenue exactly what it has to be. */
function arrangeBook(random: Random, accounts: readonly Account[]): Account[] {
  const size = Math.round((bookOf300.accounts * accounts.length) / 300);
  const total = Math.round(((bookOf300.arr / bookOf300.accounts) * size) / 100) * 100;
  const eligible = random
    .shuffle(accounts)
    .filter(({ role, currency }) => currency === 'USD' && bookRoles.has(role))
    .sort((a, b) => rank(a) - rank(b));
  const chosen = new Map(exactShares(pickBook(eligible, size), total));
  return accounts.map((account) => {
    const arr = chosen.get(account.index);
    return arr === undefined ? account : { ...account, arr, csm: csms[0], inBook: true, stays: true };
  });
}

const bookRoles: ReadonlySet<string> = new Set(['healthy', 'recovered', 'onboarding', ...sickRoles]);

/** One of each sick kind first, then the healthy. */
function rank(account: Account): number {
  return account.role === 'healthy' ? 1 : 0;
}

function pickBook(eligible: readonly Account[], size: number): Account[] {
  const seen = new Set<string>();
  const troubled = eligible.filter(({ role }) => role !== 'healthy' && !seen.has(role) && seen.add(role));
  const healthy = eligible.filter(({ role }) => role === 'healthy');
  const wanted = (segment: string, share: number) =>
    healthy.filter((account) => account.segment === segment).slice(0, Math.round(size * share));
  const preferred = [...troubled, ...wanted('enterprise', 0.22), ...wanted('mid-market', 0.4), ...wanted('smb', 0.24)];
  return [...new Set([...preferred, ...healthy, ...eligible])].slice(0, size);
}

/** The revenue of each, scaled and rounded to hundreds; the largest takes the rest, so that the sum is exact. */
function exactShares(book: readonly Account[], total: number): [index: number, arr: number][] {
  const sum = book.reduce((all, { arr }) => all + arr, 0);
  const shares = book.map(({ index, arr }): [number, number] => [index, Math.round((arr * total) / sum / 100) * 100]);
  const rest = total - shares.reduce((all, [, arr]) => all + arr, 0);
  const largest = shares.reduce((best, share) => (share[1] > best[1] ? share : best), at(shares, 0));
  largest[1] += rest;
  return shares;
}

/** A merged account is a double of a healthy one, filed under another id until somebody noticed. */
function arrangeMergers(random: Random, accounts: readonly Account[]): Account[] {
  const targets = random.shuffle(plainHealthy(accounts)).filter(({ shape }) => shape === 'annual');
  let next = 0;
  return accounts.map((account) => {
    if (account.role !== 'merged') return account;
    const target = at(targets, next++);
    const accountId = `${target.accountId}-ltd`;
    const { place, csm, currency, industry, segment, firstDay } = target;
    const arranged = { place, csm, currency, industry, segment, firstDay, mergedInto: target.accountId };
    return { ...account, ...arranged, accountId, name: `${target.name} Ltd`, domain: `${accountId}.example`, arr: 0 };
  });
}

const regions = ['Nordics', 'Iberia', 'Canada'];

/** Four parents per 300 accounts with three children each, named after the parent. */
function arrangeFamilies(random: Random, accounts: readonly Account[]): Account[] {
  const pool = random.shuffle(plainHealthy(accounts));
  const merged = new Set(accounts.flatMap(({ mergedInto }) => mergedInto ?? []));
  const parents = pool
    .filter(({ segment, accountId }) => segment === 'enterprise' && !merged.has(accountId))
    .slice(0, Math.max(1, Math.round(accounts.length / 75)));
  const children = pool.filter(({ segment, accountId }) => segment !== 'enterprise' && !merged.has(accountId));
  const family = new Map(
    parents.flatMap((parent, p) => regions.map((r, i) => childOf(parent, at(children, p * 3 + i), r))),
  );
  return accounts.map((account) => family.get(account.index) ?? account);
}

function childOf(parent: Account, child: Account, region: string): [number, Account] {
  const accountId = `${parent.accountId}-${region.toLowerCase()}`;
  const renamed = {
    accountId,
    name: `${parent.name} ${region}`,
    domain: `${accountId}.example`,
    industry: parent.industry,
  };
  return [child.index, { ...child, ...renamed, parentId: parent.accountId }];
}

function plainHealthy(accounts: readonly Account[]): Account[] {
  return accounts.filter(({ role, inBook }) => role === 'healthy' && !inBook);
}
