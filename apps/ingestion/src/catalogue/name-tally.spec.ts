import { bounds, TenantNames } from './name-tally.domain';

const now = Date.UTC(2026, 4, 13, 12);
const today = Math.floor(now / 86_400_000);
const note = (names: TenantNames, name: string, properties: unknown = {}, timeMs = now): void =>
  names.note(name, properties, timeMs, today);

describe('The names of a tenant', () => {
  it('are counted in full, by the days of the events themselves', () => {
    const names = new TenantNames(50);
    for (let n = 0; n < 1_000; n += 1) note(names, 'Report Exported');
    note(names, 'Report Exported', {}, now - 86_400_000);
    note(names, 'Report Exported', {}, now - 400 * 86_400_000);
    const { tallies, other } = names.take(today);
    expect(other).toBe(0);
    expect(tallies).toMatchObject([
      { name: 'Report Exported', events: 1_002, firstMs: now - 400 * 86_400_000, lastMs: now },
    ]);
    expect([...(tallies[0]?.days ?? [])]).toEqual([
      [today, 1_000],
      [today - 1, 1],
    ]);
    expect(names.take(today).tallies).toEqual([]);
  });

  it('learn the types of properties from a sample', () => {
    const names = new TenantNames(50);
    for (let n = 0; n < 1_000; n += 1)
      note(names, 'Search', { rows: 12, query: 'x', deep: { a: 1 }, tags: ['a'], none: null });
    const properties = names.take(today).tallies[0]?.properties;
    expect([...(properties ?? [])].map(([key, { types }]) => [key, [...types.keys()]])).toEqual([
      ['rows', ['number']],
      ['query', ['string']],
      ['deep', ['object']],
      ['tags', ['array']],
      ['none', ['null']],
    ]);
    const seen = properties?.get('rows')?.types.get('number')?.seen ?? 0;
    expect(seen).toBe(bounds.firstLooks + Math.floor(1_000 / bounds.thenEach));
  });

  it('cannot be blown up by a client that invents 100,000 of them, and the known ones are counted on', () => {
    const names = new TenantNames(50);
    names.know(['Login']);
    for (let n = 0; n < 100_000; n += 1) {
      note(names, `invented-${n}`, { [`property-${n}`]: n });
      if (n % 10 === 0) note(names, 'Login');
    }
    expect(names.size).toBe(1 + bounds.newNames);
    const { tallies, other } = names.take(today);
    expect(tallies.find((each) => each.name === 'Login')?.events).toBe(10_000);
    expect(tallies.reduce((sum, each) => sum + each.events, other)).toBe(110_000);
    names.drop(tallies.filter((each) => !each.known).map((each) => each.name));
    expect(names.size).toBe(1);
  });

  it('nor by one that invents properties, or names without end', () => {
    const names = new TenantNames(50);
    for (let n = 0; n < 1_000; n += 1) note(names, 'Search', { [`p-${n}`]: 1, ['x'.repeat(101)]: 1, 'nul\0': 1 });
    note(names, 'x'.repeat(bounds.nameLength + 1));
    const { tallies, other } = names.take(today);
    expect([tallies[0]?.properties.size, other]).toEqual([23, 1]);
    for (let n = 0; n < 100_000; n += 1) note(names, 'Search', Object.fromEntries([[`q-${n}`, 1]]));
    expect(names.take(today).tallies[0]?.properties.size).toBe(50);
  });

  it('keep what could not be written', () => {
    const names = new TenantNames(50);
    note(names, 'a', { n: 1 });
    const taken = names.take(today);
    note(names, 'a', {}, now + 1);
    names.giveBack({ ...taken, other: 7 });
    const again = names.take(today);
    expect(again).toMatchObject({ other: 7, tallies: [{ name: 'a', events: 2, firstMs: now, lastMs: now + 1 }] });
    expect([...(again.tallies[0]?.properties.keys() ?? [])]).toEqual(['n']);
  });

  it('remember which properties have a place', () => {
    const names = new TenantNames(50);
    note(names, 'a', { n: 1 });
    names.take(today);
    names.know(['a']);
    names.knowProperties('a', ['n']);
    note(names, 'a', { n: 1, m: 1 });
    const [tally] = names.take(today).tallies;
    expect([...(tally?.properties ?? [])].map(([key, { known }]) => [key, known])).toEqual([
      ['n', true],
      ['m', false],
    ]);
  });
});
