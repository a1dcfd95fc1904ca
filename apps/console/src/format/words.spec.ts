import { decisionSentence, direction, trendSentence, words } from './words';

describe('words', () => {
  it('turn a term into a label', () => {
    expect(words('champion-left')).toBe('Champion left');
    expect(words('smb')).toBe('SMB');
    expect(words('in-discussion')).toBe('In discussion');
    expect(words(null)).toBe('–');
  });
});

describe('a trend', () => {
  it('has an arrow from five points on', () => {
    expect([direction(5), direction(4.9), direction(-5), direction(-4), direction(null)]).toEqual([
      'up',
      'flat',
      'down',
      'flat',
      null,
    ]);
  });

  it('is a sentence', () => {
    expect(trendSentence(-12)).toBe('Down 12 points in 28 days');
    expect(trendSentence(1)).toBe('Steady: 1 point in 28 days');
    expect(trendSentence(0)).toBe('Unchanged in 28 days');
    expect(trendSentence(null)).toBe('No score 28 days ago to compare with');
  });
});

it('a decision is near, today or past', () => {
  expect(decisionSentence(42)).toBe('Decision in 42 days');
  expect(decisionSentence(0)).toBe('Decision today');
  expect(decisionSentence(-1)).toBe('Decision was 1 day ago');
  expect(decisionSentence(null)).toBe('No decision date');
});
