import { validateSync } from 'class-validator';

import { RangeQuery } from './health.controller';

const faults = (from: string) => validateSync(Object.assign(new RangeQuery(), { from }));

describe('the range of days that is asked for', () => {
  it.each(['2026-01-31', '2026-01-31T10:00:00Z'])('takes %s', (from) => expect(faults(from)).toEqual([]));

  it.each(['2026', '2026-W05', '2026-02-30', '20260131', 'yesterday'])('refuses %s', (from) =>
    expect(faults(from)).toHaveLength(1),
  );
});
