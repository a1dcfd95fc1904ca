import { defaultModel } from '../models/default-model';
import { diffModels } from './diff-models';
import type { ModelFile } from './model';

const base: ModelFile = defaultModel();
const sentences = (after: ModelFile) => diffModels(base, after).map(({ sentence }) => sentence);

describe('the difference between two models', () => {
  it('is empty for equal content', () => expect(diffModels(base, { ...base, number: 2 })).toEqual([]));

  it('says a weight with its share before and after', () => {
    const [first] = base.measures;
    const after = { ...base, measures: base.measures.map((each) => (each === first ? { ...each, weight: 40 } : each)) };
    expect(diffModels(base, after)).toEqual([
      {
        pointer: '/measures/0/weight',
        kind: 'changed',
        sentence: expect.stringMatching(
          /^The weight of adoption rises from 20 to 40 \(\d+(\.\d)? % of all to \d+(\.\d)? %\)\.$/,
        ) as string,
      },
    ]);
  });

  it('says a band, a floor and the days of onboarding', () => {
    const bands = { ...base.bands, green: { enter: 72, leave: 68 } };
    expect(sentences({ ...base, bands, coverageFloor: 0.5, onboardingDays: 90 })).toEqual([
      'Onboarding lasts 90 days instead of 60 days.',
      'The band is unknown below a coverage of 0.5 instead of 0.3.',
      'Green begins at 72 and is left below 68 (it was 70 and 66).',
    ]);
  });

  it('names what came and what went', () => {
    const [first, ...rest] = base.measures;
    if (!first) throw new Error('the default model has measures');
    const after = { ...base, measures: [...rest, { ...first, name: 'seats' }], caps: [] };
    const changes = diffModels(base, after);
    expect(changes.filter(({ kind }) => kind === 'removed').map(({ sentence }) => sentence)).toEqual(
      expect.arrayContaining(['adoption no longer counts.']) as string[],
    );
    expect(changes.find(({ kind }) => kind === 'added')?.sentence).toMatch(/^seats counts/);
  });
});
