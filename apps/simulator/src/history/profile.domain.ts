import { type AccountChanged, accountChanged, accountMerged, incidentChanged, metricRecorded } from '@tenure/contracts';
import type { Account, World } from '../world/account.domain';
import { type Day, isoTime } from '../world/calendar.domain';
import { isOutsider } from '../world/cast.domain';
import { randomOf } from '../world/random.domain';
import type { AccountPlan } from './account-plan.domain';
import { type SimulatedEvent, recorder } from './event.domain';

/** The profile on the first day, the stage when it changes, the merger. */
export function profileEvents(world: World, plan: AccountPlan): SimulatedEvent[] {
  const { account } = plan;
  const record = recorder(world, account, 'crm');
  const told = { day: plan.firstDay, second: 60 };
  const events = [record(accountChanged, 'profile', told, profile(world, account))];
  const grown = account.firstDay + 62;
  if (isCustomer(account) && account.firstDay >= world.start && grown <= plan.lastDay) {
    events.push(
      record(
        accountChanged,
        'stage-adoption',
        { day: grown, second: 50_000 },
        { stage: stalled(account) ? 'onboarding' : 'adoption' },
      ),
    );
  }
  if (plan.contracts.lastDay !== undefined) {
    events.push(
      record(
        accountChanged,
        'stage-churned',
        { day: plan.contracts.lastDay + 1, second: 50_000 },
        { stage: 'churned' },
      ),
    );
  }
  if (account.mergedInto) {
    events.push(record(accountMerged, 'merged', { day: plan.lastDay, second: 52_000 }, { intoId: account.mergedInto }));
  }
  return events;
}

function profile(world: World, account: Account): Omit<AccountChanged, 'accountId'> {
  return {
    name: account.name,
    kind: isOutsider(account.role) ? account.role : 'customer',
    segment: account.segment,
    ...(account.parentId ? { parentId: account.parentId } : {}),
    team: [{ role: 'csm', email: account.csm.email }],
    ...(isCustomer(account) ? { stage: stageOn(account, world.start), plan: plans[account.segment] } : {}),
    ...(account.shape === 'none' ? {} : { arr: account.arr }),
    currency: account.currency,
    timeZone: account.place.timeZone,
    country: account.place.country,
    industry: account.industry,
    domains: [account.domain],
    externalIds: { salesforce: `0015g00000${(46_656 + account.index).toString(36).toUpperCase().padStart(5, '0')}` },
    tags: account.parentId ? ['subsidiary'] : [],
  };
}

const plans = { enterprise: 'Enterprise', 'mid-market': 'Business', smb: 'Team' };

function isCustomer(account: Account): boolean {
  return !isOutsider(account.role);
}

function stalled(account: Account): boolean {
  return account.role === 'onboarding-stalled' || account.role === 'past-never-onboarded';
}

function stageOn(account: Account, start: Day): NonNullable<AccountChanged['stage']> {
  const age = start - account.firstDay;
  return age < 60 ? 'onboarding' : age < 200 ? 'adoption' : age < 500 ? 'value' : 'growth';
}

/** Storage against its limit, once a month, for those who have one. */
export function metricEvents(world: World, plan: AccountPlan): SimulatedEvent[] {
  if (plan.account.segment === 'smb' || plan.account.shape === 'none') return [];
  const random = randomOf(world.seed, 'metrics', plan.account.index);
  const record = recorder(world, plan.account, 'product');
  const limit = plan.account.segment === 'enterprise' ? 2000 : 500;
  let value = limit * random.between(0.2, 0.7);
  const events: SimulatedEvent[] = [];
  for (
    let day = plan.firstDay + 5 + (plan.account.index % 20);
    day <= Math.min(plan.lastDay, world.horizon);
    day += 30
  ) {
    value = Math.min(limit * 0.98, value * random.between(0.99, 1.05));
    const data = { metric: 'storage', value: Math.round(value), limit, unit: 'GB', at: isoTime(day, 3600) };
    events.push(record(metricRecorded, `storage-${day - world.start}`, { day, second: 3600 }, data));
  }
  return events;
}

/** Two outages of our own in the year; each touches a fifth of the accounts for a few hours. */
export function incidentEvents(world: World, plan: AccountPlan): SimulatedEvent[] {
  const record = recorder(world, plan.account, 'status');
  return [0, 1].flatMap((number) => {
    const day = world.start + Math.floor(((world.until - world.start) * (number + 1)) / 3.3);
    if (plan.account.index % 5 !== number || day < plan.firstDay || day > plan.lastDay) return [];
    const base = { incidentId: `outage-${number + 1}`, product: 'Fieldwork Core', startedAt: isoTime(day, 32_400) };
    const ended = { ...base, status: 'resolved' as const, endedAt: isoTime(day, 45_000) };
    return [
      record(incidentChanged, `outage-${number}`, { day, second: 32_400 }, { ...base, status: 'open' }),
      record(incidentChanged, `outage-${number}-x`, { day, second: 45_000 }, ended),
    ];
  });
}
