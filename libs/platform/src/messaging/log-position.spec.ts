import { startOf } from './log-position.domain';

const fence = (next: bigint | null, last: { source: string; id: string } | null = { source: '/s', id: '1' }) => ({
  generation: 1n,
  next,
  last,
});

describe('where an assigned partition starts', () => {
  it('starts at the beginning of the log when nothing was applied', () => {
    expect(startOf(fence(null, null), { low: 7n, high: 9n })).toEqual({
      kind: 'read',
      from: 7n,
      next: 7n,
      verify: null,
    });
  });

  it('reads the record before the fence again, to know that the log is the same', () => {
    expect(startOf(fence(5n), { low: 0n, high: 9n })).toEqual({
      kind: 'read',
      from: 4n,
      next: 5n,
      verify: { source: '/s', id: '1' },
    });
  });

  it('starts at the fence when the record before it has left the log', () => {
    expect(startOf(fence(5n), { low: 5n, high: 9n })).toMatchObject({ from: 5n, verify: null });
  });

  it('starts at the fence when the record before it was not an event', () => {
    expect(startOf(fence(5n, null), { low: 0n, high: 9n })).toMatchObject({ from: 5n, verify: null });
  });

  it('stops when the log ends before the fence: another log lies there', () => {
    expect(startOf(fence(5n), { low: 0n, high: 4n })).toMatchObject({ kind: 'stop', reason: 'log-replaced' });
  });

  it('stops when the log starts after the fence: records are gone that were never applied', () => {
    expect(startOf(fence(5n), { low: 6n, high: 9n })).toMatchObject({ kind: 'stop', reason: 'log-lost' });
  });
});
