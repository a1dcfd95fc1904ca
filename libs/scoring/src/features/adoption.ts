import { stateAt } from '../history/as-of';
import { popcount } from '../history/bitmap';
import { seatHolders } from '../history/people';
import type { Feature, FeatureName } from './feature';
import { absent, count, isLive, lastDays, line, missing, percent, windowOf, type View } from './standpoint';
import { activeRecently, daysPerUser, namesUsedRecently } from './usage-windows';

type AdoptionFeature = Extract<
  FeatureName,
  | 'active-users-28d'
  | 'seats'
  | 'seat-utilisation'
  | 'seat-assignment'
  | 'key-features-used'
  | 'key-feature-breadth'
  | 'top-user-share'
>;

const DAYS = 28;

/** How widely the account uses what it pays for, over the last 28 days including today. */
export function adoptionFeatures(view: View): Record<AdoptionFeature, Feature> {
  const active = activeUsers(view);
  const seats = seatsFeature(view);
  const used = keyFeaturesUsed(view);
  return {
    'active-users-28d': active,
    seats,
    'seat-utilisation': utilisation(view, active, seats),
    'seat-assignment': assignment(view),
    'key-features-used': used,
    'key-feature-breadth': breadth(view, used),
    'top-user-share': topUserShare(view, active),
  };
}

function activeUsers(view: View): Feature {
  const none = absent(view, 'usage');
  if (none) return none;
  const { usage } = view.history;
  const value = popcount(activeRecently(view, DAYS));
  const { known, except } = view;
  const before = usage.remember('active:before', { through: view.today - DAYS, known, except }, () =>
    usage.countActive(view.today - 2 * DAYS + 1, view.today - DAYS, known, except),
  );
  return {
    value,
    reason: `${count(value, 'person', 'people')} used the product in the last 28 days, ${before} in the 28 days before.`,
    evidence: [
      line('Active users', value, 'users', lastDays(view, DAYS)),
      line('Active users before', before, 'users', windowOf(view.today - 55, view.today - DAYS, '28 days before')),
    ],
  };
}

/** Paid seats, else licensed users, else the registered human users. */
function seatsFeature(view: View): Feature {
  const paid = isLive(view, 'contracts') ? view.terms.seats : null;
  if (paid !== null) return seatCount(paid, 'paid seats');
  const { registered, licensed } = seatHolders(view.history, view.asOf);
  if (licensed !== null && isLive(view, 'users')) return seatCount(licensed, 'licensed users');
  if (registered > 0) return seatCount(registered, 'known users');
  return missing('Neither seats nor users are known.');
}

const seatCount = (value: number, what: string): Feature => ({
  value,
  reason: what,
  evidence: [line(`${what.charAt(0).toUpperCase()}${what.slice(1)}`, value, 'users')],
});

function utilisation(view: View, active: Feature, seats: Feature): Feature {
  if (active.value === null) return missing(active.reason);
  if (!seats.value) return missing(seats.value === 0 ? 'The account has no seats.' : seats.reason);
  const value = active.value / seats.value;
  return {
    value,
    reason: `${active.value} of ${seats.value} ${seats.reason} (${percent(value)}) were active in the last 28 days.`,
    evidence: [line('Seat utilisation', value, 'share', lastDays(view, DAYS)), ...active.evidence, ...seats.evidence],
  };
}

/** Names of metrics that say how many seats are assigned; where none is read, the licensed users are counted. */
const ASSIGNED: readonly string[] = ['seats-assigned', 'seats_assigned', 'assigned-seats', 'assigned_seats'];

/** Assigned beside paid seats; null where one of the two is not known. */
export function seatAssignment(view: View): { paid: number; assigned: number } | null {
  const paid = isLive(view, 'contracts') ? view.terms.seats : null;
  if (!paid) return null;
  const assigned = readSeats(view) ?? (isLive(view, 'users') ? seatHolders(view.history, view.asOf).licensed : null);
  return assigned === null ? null : { paid, assigned };
}

function readSeats(view: View): number | null {
  const { metrics } = view.history;
  if (!metrics || !isLive(view, 'metrics')) return null;
  const read = metrics.filter(({ states }) => ASSIGNED.includes(states[0]?.state.metric ?? ''));
  const values = read.flatMap(({ states }) => stateAt(states, view.asOf)?.value ?? []);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
}

function assignment(view: View): Feature {
  const seats = seatAssignment(view);
  if (!seats) return missing('The paid or the assigned seats are not known.');
  const value = seats.assigned / seats.paid;
  return {
    value,
    reason: `${seats.assigned} of ${seats.paid} paid seats (${percent(value)}) are assigned.`,
    evidence: [line('Assigned seats', seats.assigned, 'seats'), line('Paid seats', seats.paid, 'seats')],
  };
}

function keyFeaturesUsed(view: View): Feature {
  const none = absent(view, 'usage');
  if (none) return none;
  const { keyFeatures } = view.history;
  if (keyFeatures.length === 0) return missing('No key features are defined.');
  const names = namesUsedRecently(view, DAYS);
  const used = keyFeatures.filter((one) => one.names.some((name) => names.has(name)));
  const unused = keyFeatures.filter((one) => !used.includes(one)).map((one) => one.feature);
  const rest =
    unused.length > 0 ? `; unused: ${unused.slice(0, 3).join(', ')}${unused.length > 3 ? ' and others' : ''}` : '';
  return {
    value: used.length,
    reason: `${used.length} of ${count(keyFeatures.length, 'key feature')} used in the last 28 days${rest}.`,
    evidence: [
      line(
        'Key features used',
        used.length,
        'features',
        lastDays(view, DAYS),
        used.map((one) => one.feature),
      ),
      line('Key features unused', unused.length, 'features', lastDays(view, DAYS), unused),
    ],
  };
}

function breadth(view: View, used: Feature): Feature {
  if (used.value === null) return used;
  return { ...used, value: used.value / view.history.keyFeatures.length };
}

/** The busiest person's share of all user-days; a high one means that the account hangs on one person. */
function topUserShare(view: View, active: Feature): Feature {
  if (active.value === null) return missing(active.reason);
  if (active.value < 3) return missing('Fewer than three people are active.');
  const days = daysPerUser(view, DAYS);
  const total = days.reduce((sum, one) => sum + one, 0);
  const top = days.reduce((most, one) => Math.max(most, one), 0);
  const id = view.history.users.find((user) => user.ordinal === days.indexOf(top))?.id;
  return {
    value: top / total,
    reason: `The most active person accounts for ${percent(top / total)} of the activity.`,
    evidence: [line("Top user's share", top / total, 'share', lastDays(view, DAYS), id === undefined ? [] : [id])],
  };
}
