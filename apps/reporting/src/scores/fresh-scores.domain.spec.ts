import type { Band, Envelope, HealthScoreChanged } from '@tenure/contracts';
import fc from 'fast-check';
import { freshScores } from './fresh-scores.domain';

const event = (subject: string, version: number, band: Band) =>
  ({ tenantid: 'acme', subject, id: `${subject}-${version}`, data: { version, band } }) as Envelope<HealthScoreChanged>;

describe('fresh scores', () => {
  it('drops older and equal versions, and tells every turn on the way', () => {
    const known = new Map([['acme:a', { version: 3, band: 'green' }]]);
    const { latest, turns } = freshScores(
      [event('a', 3, 'red'), event('a', 2, 'red'), event('a', 4, 'yellow'), event('a', 5, 'red')],
      known,
    );
    expect(latest.map(({ data }) => data.version)).toEqual([5]);
    expect(turns.map((turn) => [turn.bandBefore, turn.event.data.band])).toEqual([
      ['green', 'yellow'],
      ['yellow', 'red'],
    ]);
  });

  it('takes the first score of an account for no turn', () => {
    expect(freshScores([event('a', 1, 'red')], new Map()).turns).toEqual([]);
  });

  it('ends at the newest version, in whatever order the events come', () => {
    const some = fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 1 });
    fc.assert(
      fc.property(some, (versions) => {
        const { latest } = freshScores(
          versions.map((version) => event('a', version, 'red')),
          new Map(),
        );
        expect(latest.map(({ data }) => data.version)).toEqual([Math.max(...versions)]);
      }),
    );
  });
});
