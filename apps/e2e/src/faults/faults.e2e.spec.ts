import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { experiments, injections } from './catalogue';
import type { Experiment } from './experiment';
import { kept, perform } from './perform';
import { Stage } from './stage';

jest.setTimeout(600_000);

const seed = Number(process.env['FAULTS_SEED'] ?? 1);
/** Kills and an absent broker have specs of their own, in promises/; these ids have their long form as well. */
const elsewhere = new Set(injections.map(({ id }) => id));
const named = experiments
  .filter(({ id }) => !elsewhere.has(id))
  .map((experiment): [string, Experiment] => [experiment.id, experiment]);

describe('Under faults', () => {
  let stage: Stage;

  beforeAll(async () => {
    // A broker's silence is told of within a second in production; here a busy machine may be silent that long.
    stage = await Stage.start({ services: ['gateway', 'ingestion', 'health'], env: { KAFKA_SILENCE_MS: '8000' } });
  });
  afterAll(() => stage?.stop());

  it.each(named)('%s holds what is promised', async (id, experiment) => {
    const folder = join(kept, `npm-test ${id}`);
    rmSync(folder, { recursive: true, force: true });
    const { violations, facts } = await perform({ stage, experiment, seed, form: 'short', folder });
    expect({ violations, facts, folder }).toEqual({ violations: [], facts, folder });
    // What failed stays, to be looked at.
    rmSync(folder, { recursive: true, force: true });
  });
});
