import { bitmapOf, bitmapOrdinals } from '@tenure/scoring';

import { movedDay, movedUsers } from './merge-usage.domain';

describe('moving the usage of one account to another', () => {
  const from = new Map([
    ['ada', 0],
    ['bob', 1],
  ]);
  const into = new Map([
    ['bob', 0],
    ['cyd', 1],
  ]);

  it('keeps the bit of a user both know, and gives the others the next free ones', () => {
    expect(movedUsers(from, into)).toEqual([
      { userId: 'ada', from: 0, into: 2, fresh: true },
      { userId: 'bob', from: 1, into: 0, fresh: false },
    ]);
  });

  it('moves every bitmap of a day', () => {
    const row = {
      day: 1,
      knownDay: 1,
      events: 3,
      users: bitmapOf([0, 1]),
      byName: { open: 3 },
      usersByName: { open: bitmapOf([0]) },
    };
    const moved = movedDay(row, movedUsers(from, into));
    expect(bitmapOrdinals(moved.users)).toEqual([0, 2]);
    expect(bitmapOrdinals(moved.usersByName!['open']!)).toEqual([2]);
    expect(moved.events).toBe(3);
  });
});
