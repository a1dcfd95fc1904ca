import { courseOf, historyOf, inputsOn, observe } from '../population/account.domain';
import type { Course } from '../population/course.domain';
import { fallOn } from '../population/latent.domain';
import { healthOn } from '../population/path.domain';
import type { Estate } from '../population/population.domain';
import { proofEstates } from './accuracy.domain';
import { line, type ProofLine, short } from './line.domain';
import { type Opened, watch } from './watch.domain';

const runUp = 60;
const patience = 180;
/** A decline that can be seen at all falls by half a unit of health, on enough people to count. */
const leastFall = 1;
const leastPeople = 8;

/** The signals of the product over simulated days: how soon after its onset a decline is told, and how often the healthy are. */
export function signalLines(seed: string, declines: number, healthy: number): ProofLine[] {
  const worlds = proofEstates(`${seed}-signals`, 'normal');
  return [delayLine(worlds, declines), falseLine(worlds, healthy)];
}

function* courses(worlds: readonly Estate[]): Generator<Course> {
  for (const estate of worlds)
    for (let index = 0; index < estate.accounts; index += 1) {
      const course = courseOf(estate, index);
      if (course !== null && course.member.people >= leastPeople && course.member.people <= 120) yield course;
    }
}

const lastOf = ({ estate, lastDay }: Course) => Math.min(lastDay ?? estate.until, estate.until);

function watched(course: Course, from: number, to: number): Opened[] {
  const history = historyOf(observe(course));
  return [...watch(history, { from, to }, (day) => inputsOn(course.estate, day))];
}

function delayLine(worlds: readonly Estate[], wanted: number): ProofLine {
  const delays: { kind: string; days: number | null }[] = [];
  for (const course of courses(worlds)) {
    if (delays.length >= wanted) break;
    const trouble = course.troubles.find(
      ({ kind, onset, depth }) =>
        kind !== 'never-onboarded' &&
        depth >= leastFall &&
        onset - 200 > Math.max(course.estate.start, course.member.firstDay),
    );
    if (!trouble || trouble.onset + 60 > lastOf(course)) continue;
    const to = Math.min(lastOf(course), trouble.onset + patience, trouble.over ?? Infinity);
    const first = watched(course, trouble.onset - runUp, to).find(({ day }) => day >= trouble.onset);
    delays.push({ kind: trouble.kind, days: first ? first.day - trouble.onset : null });
  }
  const byKind = Object.fromEntries(
    [...Map.groupBy(delays, ({ kind }) => kind)].map(([kind, own]) => [
      kind,
      { n: own.length, medianDays: middle(own) },
    ]),
  );
  const told = delays.filter(({ days }) => days !== null).length / delays.length;
  return line(
    'score-proof-onset-to-alert',
    middle(delays),
    'days, median',
    { most: 21 },
    { declines: delays.length, told: short(told), byKind },
  );
}

/** Those never told count as longest. */
function middle(delays: readonly { readonly days: number | null }[]): number {
  const sorted = delays.map(({ days }) => days ?? patience).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const year = 365;
const settle = 200;

/** Accounts that stood in no trouble for a year, in ordinary health. */
function falseLine(worlds: readonly Estate[], wanted: number): ProofLine {
  const signals = new Map<string, number>();
  let accounts = 0;
  for (const course of courses(worlds)) {
    if (accounts >= wanted) break;
    const to = lastOf(course);
    const from = to - year;
    if (from - settle < Math.max(course.estate.start, course.member.firstDay) || !isHealthy(course, from - settle, to))
      continue;
    accounts += 1;
    for (const { signal, day } of watched(course, from, to)) {
      const isTrue = signal === 'champion-left' && course.championLeft.some((left) => left <= day && left > day - 200);
      if (!isTrue) signals.set(signal, (signals.get(signal) ?? 0) + 1);
    }
  }
  const alerts = [...signals.values()].reduce((sum, one) => sum + one, 0);
  return line(
    'score-proof-false-alerts',
    (100 * alerts) / accounts,
    'per 100 healthy account-years',
    { most: 15 },
    { accountYears: accounts, bySignal: Object.fromEntries(signals) },
  );
}

function isHealthy(course: Course, from: number, to: number): boolean {
  for (let day = from; day <= to; day += 14) {
    if (course.troubles.some((trouble) => fallOn(trouble, day) > 0)) return false;
    if (healthOn(course, day) < 0) return false;
  }
  return true;
}
