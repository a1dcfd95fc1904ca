import type { HealthScoreChanged } from '@tenure/contracts';
import { noticeably } from './noticeable-score.domain';

const used = { version: 4, score: 70, band: 'green' };
const next = (version: number, score: number | null, band = 'green') =>
  ({ version, score, band }) as HealthScoreChanged;

describe('noticeably', () => {
  it.each([
    ['the first score', undefined, next(1, 70), true],
    ['a point more', used, next(5, 71), true],
    ['less than a point', used, next(5, 70.9), false],
    ['another band', used, next(5, 70, 'yellow'), true],
    ['no score any more', used, next(5, null), true],
    ['an older version', used, next(4, 20, 'red'), false],
  ])('%s', (_name, before, after, expected) => {
    expect(noticeably(before, after)).toBe(expected);
  });
});
