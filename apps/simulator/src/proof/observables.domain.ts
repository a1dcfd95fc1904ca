import type { AccountHistory } from '@tenure/scoring';
import type { Observed } from '../population/account.domain';
import type { Day } from '../world/calendar.domain';
import type { Fact } from '../population/fact.domain';
import { instantOf } from '../population/fact.domain';

/**
 * What anyone could read off an account by a day, straight from the facts and the daily use and without the product's features:
 * the reference model rests on these, so that a fault of the features cannot hide in the ceiling.
 */
export const observableNames = [
  ...['people', 'seats', 'age', 'renews', 'enterprise', 'smb'],
  ...[
    'active14',
    'active28',
    'active91',
    'fall14',
    'fall28',
    'fall91',
    'peak28',
    'unused',
    'days28',
    'daysFall',
    'silent',
  ],
  ...['advanced28', 'advanced91', 'advancedEver', 'advancedFall', 'breadth28', 'busiest'],
  ...[
    'tickets28',
    'tickets91',
    'ticketRise',
    'open',
    'took91',
    'longest91',
    'escalated182',
    'tone91',
    'csat91',
    'csatGiven',
  ],
  ...['nps200', 'npsChange', 'npsGiven', 'met91', 'missed91', 'mood91', 'moodFall', 'sinceMet', 'lateBills'],
  ...['championGone', 'championSilent', 'champions', 'contacts'],
] as const;
type Name = (typeof observableNames)[number];

/** In the order of `observableNames`; NaN = nothing to say. */
export function observablesOn(observed: Observed, history: AccountHistory, day: Day): number[] {
  const { estate, member } = observed.course;
  const now = instantOf(member.timeZone, day, 0) - 1;
  const facts = observed.facts.filter((fact) => fact.at <= now && fact.knownAt <= now);
  const values: Record<Name, number> = {
    people: Math.log(member.people),
    seats: Math.log(member.seats),
    age: Math.min(day - Math.max(estate.start, member.firstDay), 540),
    renews: Number(member.autoRenew),
    enterprise: Number(member.segment === 'enterprise'),
    smb: Number(member.segment === 'smb'),
    ...useOn(observed, history, day - 1),
    ...casesOn(facts, now),
    ...voicesOn(facts, now),
    ...contactsOn(observed, history, facts, day - 1),
    lateBills: facts.filter(
      ({ kind, data, at }) => kind === 'invoice' && data['status'] === 'overdue' && at > now - 182 * dayMs,
    ).length,
  };
  return observableNames.map((name) => values[name]);
}

const dayMs = 86_400_000;
const mean = (values: readonly number[]) =>
  values.length === 0 ? NaN : values.reduce((a, b) => a + b, 0) / values.length;
const fall = (now: number, before: number) => (before > 0 ? Math.min(2, now / before) : NaN);

function useOn({ course, staff }: Observed, { usage }: AccountHistory, today: Day) {
  const except = new Uint8Array((staff.colleagues.length >> 3) + 1);
  staff.colleagues.forEach(({ kind, declared }, i) => {
    if (kind !== 'human' && declared) except[i >> 3] = (except[i >> 3] ?? 0) | (1 << (i & 7));
  });
  const active = (from: Day, to: Day) => usage.countActive(from, to, today, except);
  const weeks = Array.from({ length: 26 }, (_, w) => active(today - 7 * w - 6, today - 7 * w));
  const week = (from: number, to: number) => mean(weeks.slice(from, to));
  const months = [0, 1, 2, 3, 4, 5, 6].map((m) => active(today - 28 * m - 27, today - 28 * m));
  const [active28 = 0] = months;
  const daysIn = (from: Day, to: Day) => usage.activeDays(from, to, today, except).length;
  return {
    active14: active(today - 13, today) / course.member.people,
    active28: active28 / course.member.people,
    active91: active(today - 90, today) / course.member.people,
    fall14: fall(week(0, 2), week(2, 10)),
    fall28: fall(week(0, 4), week(4, 26)),
    fall91: fall(week(0, 13), week(13, 26)),
    peak28: fall(active28, Math.max(...months.slice(1))),
    unused: active28 / course.member.seats,
    days28: daysIn(today - 27, today),
    daysFall: fall(daysIn(today - 27, today), daysIn(today - 111, today - 28) / 3),
    silent: Math.min(60, today - (usage.lastActiveDay(today, today, except) ?? today - 60)),
    ...namesOn(usage, today),
  };
}

const advancedNames = ['Report Exported', 'Forecast Built', 'Workflow Run'];

function namesOn(usage: AccountHistory['usage'], today: Day) {
  const counts = new Map<string, number>();
  let [advanced28, all28, advanced91, all91, busiest] = [0, 0, 0, 0, 0];
  for (let day = today - 181; day <= today; day += 1)
    for (const row of usage.rows(day, today))
      for (const [name, events] of Object.entries(row.byName)) {
        if (name === 'Integration Synced') continue;
        const isAdvanced = advancedNames.includes(name);
        if (day > today - 28) {
          all28 += events;
          advanced28 += isAdvanced ? events : 0;
          counts.set(name, (counts.get(name) ?? 0) + events);
        } else {
          all91 += events;
          advanced91 += isAdvanced ? events : 0;
        }
        busiest = Math.max(busiest, row.events);
      }
  const [now, before] = [advanced28 / Math.max(1, all28), advanced91 / Math.max(1, all91)];
  return {
    advanced28: now,
    advanced91: before,
    advancedEver: Math.log1p(advanced91),
    advancedFall: fall(now, before),
    breadth28: counts.size,
    busiest: Math.log1p(busiest),
  };
}

function casesOn(facts: readonly Fact[], now: number) {
  const tickets = [
    ...Map.groupBy(
      facts.filter(({ kind }) => kind === 'ticket'),
      ({ id }) => id,
    ).values(),
  ].map((own) => ({
    opened: own[0]?.at ?? now,
    solved: own.find(({ data }) => data['status'] === 'solved')?.at ?? null,
    escalated: own.find(({ data }) => data['change'] === 'escalated')?.at ?? null,
    tone: Number(own[0]?.data['sentiment'] ?? 0),
    csat: own.map(({ data }) => data['csat']).find((one) => typeof one === 'number'),
  }));
  const within = (days: number) => tickets.filter(({ opened }) => opened > now - days * dayMs);
  const took = within(91).map(({ opened, solved }) => Math.log1p(((solved ?? now) - opened) / dayMs));
  const csat = tickets.flatMap(({ csat: one, solved }) =>
    typeof one === 'number' && (solved ?? 0) > now - 120 * dayMs ? [one] : [],
  );
  return {
    tickets28: Math.log1p(within(28).length),
    tickets91: Math.log1p(within(91).length),
    ticketRise: fall(within(28).length + 0.5, (within(182).length - within(28).length) / 5.5 + 0.5),
    open: Math.log1p(
      tickets.filter(({ solved }) => solved === null).reduce((sum, one) => sum + (now - one.opened) / dayMs / 5, 0),
    ),
    took91: mean(took),
    longest91: took.length === 0 ? NaN : Math.max(...took),
    escalated182: tickets.filter(({ escalated }) => (escalated ?? 0) > now - 182 * dayMs).length,
    tone91: mean(within(91).map(({ tone }) => tone)),
    csat91: mean(csat),
    csatGiven: csat.length,
  };
}

function voicesOn(facts: readonly Fact[], now: number) {
  const answers = facts.filter(({ kind }) => kind === 'survey-response');
  const recent = answers.filter(({ at }) => at > now - 200 * dayMs);
  const changes = [...Map.groupBy(answers, ({ data }) => data['stakeholderId']).values()].flatMap((own) => {
    const [last, ...before] = own.toReversed().map(({ data }) => Number(data['score']));
    return last === undefined || before.length === 0 ? [] : [last - mean(before)];
  });
  const meetings = facts.filter(({ kind }) => kind === 'touchpoint');
  const within = (from: number, to: number) =>
    meetings.filter(({ at }) => at <= now - from * dayMs && at > now - to * dayMs);
  const tones = (list: readonly Fact[]) =>
    list.flatMap(({ data }) => (typeof data['sentiment'] === 'number' ? [data['sentiment']] : []));
  const held = meetings.filter(({ data }) => data['outcome'] === 'held');
  return {
    nps200: mean(recent.map(({ data }) => Number(data['score']))),
    npsChange: mean(changes),
    npsGiven: recent.length,
    met91: within(0, 91).length,
    missed91: mean(within(0, 120).map(({ data }) => Number(data['outcome'] === 'missed'))),
    mood91: mean(tones(within(0, 120))),
    moodFall: mean(tones(within(0, 91))) - mean(tones(within(91, 400))),
    sinceMet: Math.min(180, (now - (held.at(-1)?.at ?? now - 180 * dayMs)) / dayMs),
  };
}

function contactsOn({ staff }: Observed, { usage }: AccountHistory, facts: readonly Fact[], today: Day) {
  const people = [
    ...Map.groupBy(
      facts.filter(({ kind }) => kind === 'stakeholder'),
      ({ id }) => id,
    ).values(),
  ];
  const isChampion = (own: readonly Fact[]) =>
    (own[0]?.data['roles'] as readonly string[] | undefined)?.includes('champion') === true;
  const here = people.filter((own) => own.at(-1)?.data['change'] !== 'left');
  const champion = here.filter(isChampion).at(-1)?.[0]?.data['userId'];
  const bit = staff.colleagues.findIndex(({ userId }) => userId === champion);
  return {
    championGone: people.filter((own) => isChampion(own) && own.at(-1)?.data['change'] === 'left').length,
    championSilent: bit < 0 ? NaN : silentDays(usage, bit, today),
    champions: here.filter(isChampion).length,
    contacts: here.length,
  };
}

function silentDays(usage: AccountHistory['usage'], bit: number, today: Day): number {
  for (let days = 0; days < 60; days += 1)
    if (usage.rows(today - days, today).some(({ users }) => ((users[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0))
      return days;
  return 60;
}
