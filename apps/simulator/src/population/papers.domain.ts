import { type Day, isoDay } from '../world/calendar.domain';
import { randomOf } from '../world/random.domain';
import type { Course } from './course.domain';
import { type Fact, instantOf, iso, told } from './fact.domain';
import { termEnd } from './member.domain';

/** Invoices are late for harmless reasons. */
const harmlesslyLate = 0.1;

/** The profile, the contract with its terms, the invoices. */
export function paperFacts(course: Course): Fact[] {
  return [
    ...profileFacts(course),
    ...contractFacts(course),
    ...(course.estate.unconnected.has('invoices') ? [] : billFacts(course)),
  ];
}

function profileFacts({ estate, member }: Course): Fact[] {
  const day = Math.max(estate.start, member.firstDay);
  const { accountId, segment, timeZone, country } = member;
  const data = { name: accountId, kind: 'customer', segment, stage: 'adoption', timeZone, country, currency: 'USD' };
  return [told('account', accountId, instantOf(timeZone, day, 60), data)];
}

function contractFacts(course: Course): Fact[] {
  const { member } = course;
  return member.autoRenew ? rolling(course) : signed(course);
}

function stateOf({ member }: Course, contractId: string, start: Day, end: Day) {
  const line = {
    lineId: 'l1',
    product: 'core',
    kind: 'recurring',
    metric: 'seats',
    quantity: member.seats,
    arr: member.arr,
  };
  const { autoRenew, noticeDays } = member;
  const dates = { start: isoDay(start), end: isoDay(end) };
  return { contractId, status: 'active', ...dates, currency: 'USD', autoRenew, noticeDays, lines: [line] };
}

/** One contract that goes on by itself until notice is given on the last day for it. */
function rolling(course: Course): Fact[] {
  const { estate, member, lastDay, decisions } = course;
  const id = `ct-${member.index}`;
  const begun = Math.max(estate.start, member.firstDay);
  let term = 1;
  while (termEnd(member, term) < begun) term += 1;
  const state = stateOf(course, id, termEnd(member, term - 1) + 1, termEnd(member, term));
  const active = told('contract', id, instantOf(member.timeZone, begun, 120), state);
  if (lastDay === null || lastDay > estate.until + 60) return [active];
  const noticed = member.shape === 'monthly' ? lastDay - 14 : (decisions.at(-1)?.day ?? lastDay);
  const at = instantOf(member.timeZone, Math.max(noticed, begun), 61_000);
  const gone = { ...state, status: 'notice-given', end: isoDay(lastDay), noticeGivenAt: iso(at), reasonCode: 'other' };
  return Math.max(noticed, begun) > estate.until ? [active] : [active, told('contract', id, at, gone)];
}

/** A contract per term, each signed shortly before the one it replaces ends. */
function signed(course: Course): Fact[] {
  const { estate, member, lastDay } = course;
  const random = randomOf(estate.seed, 'papers', member.index);
  const facts: Fact[] = [];
  let before: string | undefined;
  const begun = Math.max(estate.start, member.firstDay);
  for (let term = 1; termEnd(member, term - 1) < estate.until; term += 1) {
    const [start, end] = [termEnd(member, term - 1) + 1, termEnd(member, term)];
    const early = random.int(1, 21);
    if (end < begun || (lastDay !== null && start > lastDay)) continue;
    const id = `ct-${member.index}-${start}`;
    const day = Math.max(begun, start - early);
    const replaces = before === undefined ? {} : { replacesContractIds: [before] };
    facts.push(
      told('contract', id, instantOf(member.timeZone, day, 120), { ...stateOf(course, id, start, end), ...replaces }),
    );
    if (lastDay === end && end + 1 <= estate.until)
      facts.push(
        told('contract', id, instantOf(member.timeZone, end + 1, 120), {
          ...stateOf(course, id, start, end),
          status: 'ended',
        }),
      );
    before = id;
  }
  return facts;
}

function billFacts(course: Course): Fact[] {
  const { estate, member, lastDay } = course;
  const random = randomOf(estate.seed, 'bills', member.index);
  const step = member.shape === 'monthly' ? 30 : member.segment === 'enterprise' ? 91 : 365;
  const last = Math.min(lastDay ?? estate.until, estate.until);
  const facts: Fact[] = [];
  for (let day = member.firstDay; day <= last; day += step) {
    const late = random.chance(harmlesslyLate);
    const paid = late ? day + 30 + random.int(4, 25) : day + random.int(8, 28);
    if (day < estate.start) continue;
    const id = `in-${member.index}-${day}`;
    const at = (one: Day) => instantOf(member.timeZone, one, 33_000);
    const amount = Math.round((member.arr * step) / 365);
    const base = { invoiceId: id, amount, currency: 'USD', dueAt: iso(at(day + 30)) };
    facts.push(told('invoice', id, at(day), { ...base, status: 'open' }));
    if (late && day + 31 <= last) facts.push(told('invoice', id, at(day + 31), { ...base, status: 'overdue' }));
    if (paid <= last) facts.push(told('invoice', id, at(paid), { ...base, status: 'paid', paidAt: iso(at(paid)) }));
  }
  return facts;
}
