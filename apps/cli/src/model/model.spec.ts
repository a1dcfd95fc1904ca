import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModelFile } from './model-file.client';
import { bandChanges, type PlanResult, planText } from './plan-text.domain';

const plan: PlanResult = {
  accounts: 3,
  moved: 2,
  meanChange: -4.5,
  flow: [
    { from: 'green', to: 'green', accounts: 2, arr: { EUR: 5_000 } },
    { from: 'green', to: 'yellow', accounts: 1, arr: { EUR: 12_000 } },
  ],
  changing: [
    {
      accountId: 'acme',
      name: 'Acme\u001b[2J',
      arr: 12_000,
      currency: 'EUR',
      from: { score: 74, band: 'green' },
      to: { score: 61.5, band: 'yellow' },
    },
  ],
  alerts: [],
};

describe('a plan in words', () => {
  it('says scores, bands, ARR and alerts', () => {
    const text = planText('default-2.ab', [{ sentence: 'Green begins at 72.' }], plan);
    expect(text).toContain('  ~ Green begins at 72.');
    expect(text).toContain('2 of 3 accounts get another score, by -4.5 points on average.');
    expect(text).toMatch(/green {2}yellow {2}1 +12000 EUR/);
    expect(text).toMatch(/acme +Acme \[2J +12000 EUR +74 green +61\.5 yellow/);
    expect(text).toContain('No alert opens');
    expect(bandChanges(plan)).toBe(1);
  });

  it('says so when nothing changes', () => {
    const still = { ...plan, moved: 0, meanChange: 0, flow: [], changing: [] };
    expect(planText('default-1.ab', [], still)).toContain('No account changes band.');
  });
});

describe('a model file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenure-model-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (text: string) => {
    const path = join(folder, 'model.yaml');
    writeFileSync(path, text);
    return path;
  };

  it('is YAML or JSON', async () => {
    expect(await readModelFile(file('name: ours\nnumber: 2\n'))).toEqual({ name: 'ours', number: 2 });
    expect(await readModelFile(file('{"name":"ours"}'))).toEqual({ name: 'ours' });
  });

  it('says where its syntax is wrong', async () => {
    await expect(readModelFile(file('name: [ours\n'))).rejects.toThrow(/line 2/);
    await expect(readModelFile(join(folder, 'none.yaml'))).rejects.toThrow(/cannot be read/);
  });
});
