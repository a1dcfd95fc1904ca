import fc from 'fast-check';
import { asOf, stateAt, timedStates } from './as-of';

interface Edit {
  readonly at: number;
  readonly knownAt: number;
  readonly id: number;
}

const edits = fc
  .uniqueArray(fc.record({ at: fc.nat(20), late: fc.nat(10) }), { maxLength: 12, selector: ({ at }) => at })
  .map((list) => list.map(({ at, late }, id): Edit => ({ at, knownAt: at + late, id })));

/** A fold that shows exactly which events it saw. */
const fold = (known: readonly Edit[]) => known.map((edit) => edit.id);

describe('timedStates', () => {
  it('gives at every standpoint the fold of what had happened and was known', () => {
    fc.assert(
      fc.property(edits, fc.nat(30), fc.nat(30), (events, at, knownAt) => {
        const seen = events.filter((one) => one.at <= at && one.knownAt <= knownAt).sort((a, b) => a.at - b.at);
        expect(stateAt(timedStates(events, fold), asOf(at, knownAt)) ?? []).toEqual(fold(seen));
      }),
      { numRuns: 1_000 },
    );
  });
});
