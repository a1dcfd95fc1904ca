import { randomBytes } from 'node:crypto';

import { IdFilter } from './id-filter';

const ids = (count: number): string[] => Array.from({ length: count }, () => randomBytes(16).toString('latin1'));

describe('a filter of ids', () => {
  it('has every id that was added, also after it was stored', () => {
    const added = ids(20_000);
    const filter = IdFilter.for(added.length);
    for (const id of added) filter.add(id);
    const stored = IdFilter.from(Buffer.from(filter.bytes));
    expect(added.filter((id) => !filter.mayHave(id) || !stored.mayHave(id))).toEqual([]);
  });

  it('says yes to few that were not', () => {
    const filter = IdFilter.for(20_000);
    for (const id of ids(20_000)) filter.add(id);
    expect(ids(20_000).filter((id) => filter.mayHave(id)).length).toBeLessThan(400);
  });
});
