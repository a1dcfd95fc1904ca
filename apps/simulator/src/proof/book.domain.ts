import { DAY_MS, INPUT_KINDS, type SignalName } from '@tenure/scoring';
import type { AccountPlan } from '../history/account-plan.domain';
import { DaySlices } from '../history/day-slices.domain';
import type { SimulatedEvent } from '../history/event.domain';
import { foldEvents } from '../population/fold-events.domain';
import { type Day, isWeekend } from '../world/calendar.domain';
import { isPast, isSick } from '../world/cast.domain';
import { healthOn } from '../world/latent-health.domain';
import { createWorld } from '../world/world.domain';
import { line, type ProofLine, short } from './line.domain';
import { proofUntil } from './accuracy.domain';
import { type Opened, watch } from './watch.domain';

const days = 182;
/** Health falls by so much within eight weeks, or stands so low beside the healthy 0.6: something is wrong indeed. */
const realFall = 0.35;
const realIllness = 0.2;

/** The first CSM's 65 accounts of the demo, half a year day by day: how many new alerts, and how many of them were true. */
export function bookLine(seed: string): ProofLine {
  const world = createWorld({ seed, accounts: 300, months: 12, until: proofUntil });
  const slices = new DaySlices(world);
  const book = slices.plans.filter(({ account }) => account.inBook);
  const ids = new Set(book.map(({ account }) => account.accountId));
  const events: SimulatedEvent[] = [];
  for (const slice of slices.history())
    for (const event of slice.events) if (ids.has(event.data.accountId)) events.push(event);
  const byAccount = Map.groupBy(events, (event) => event.data.accountId);
  const opened = book.flatMap((plan) => alertsOf(plan, byAccount.get(plan.account.accountId) ?? [], world.until));
  const workdays = Array.from({ length: days }, (_, ago) => world.until - ago).filter((day) => !isWeekend(day)).length;
  const truths = opened.filter(({ plan, alert }) => isTrue(world, plan, alert));
  const share = truths.length / opened.length;
  const bySignal = [...Map.groupBy(opened, ({ alert }) => alert.signal)].map(([signal, own]) => [
    signal,
    `${own.filter((one) => truths.includes(one)).length} of ${own.length}`,
  ]);
  const detail = {
    accounts: book.length,
    workdays,
    alerts: opened.length,
    trueShare: short(share),
    trueTarget: 0.5,
    bySignal: Object.fromEntries(bySignal),
  };
  const made = line(
    'score-proof-book-alerts',
    opened.length / workdays,
    'new alerts a working day',
    { most: 3 },
    detail,
  );
  return { ...made, detail: { ...made.detail, met: made.detail['met'] === true && share >= 0.5 } };
}

/** All that the product would push; the standing mark and the paper's dates are left out. */
const pushed: readonly SignalName[] = [
  'usage-decline',
  'login-decline',
  'key-feature-drop',
  'silence',
  'champion-left',
  'engagement-drop',
  'ticket-spike',
  'ticket-ageing',
  'escalation-open',
  'negative-sentiment',
  'notice-given',
  'onboarding-stalled',
];

function alertsOf(
  plan: AccountPlan,
  events: readonly SimulatedEvent[],
  until: Day,
): { plan: AccountPlan; alert: Opened }[] {
  const { accountId, place } = plan.account;
  const live = { since: 0, freshUntil: (until + 30) * DAY_MS };
  const inputs = Object.fromEntries(INPUT_KINDS.map((kind) => [kind, live]));
  const history = foldEvents(events, { accountId, timeZone: place.timeZone, inputs, keyFeatures: [] });
  const from = Math.max(until - days, plan.firstDay + 30);
  return [...watch(history, { from, to: until }, () => inputs, pushed)].map((alert) => ({ plan, alert }));
}

/** By the truth file: the role's trouble had begun, somebody did leave, notice was given, or the latent health had fallen. */
function isTrue(world: Parameters<typeof healthOn>[0], plan: AccountPlan, { signal, day }: Opened): boolean {
  const { account, latent, people } = plan;
  const troubled = isSick(account.role) || isPast(account.role) || account.role === 'recovered';
  if (troubled && account.onset !== undefined && day >= account.onset) return true;
  if (signal === 'champion-left')
    return people.stakeholders.some(({ left }) => left !== undefined && left <= day && left > day - 200);
  if (signal === 'notice-given' || signal === 'escalation-open') return true;
  const health = healthOn(world, latent, day);
  return health <= realIllness || healthOn(world, latent, day - 56) - health >= realFall;
}
