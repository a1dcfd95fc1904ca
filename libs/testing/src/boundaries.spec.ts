import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');

/** One file too many for each rule: [the rule, the file that breaks it, what it imports]. */
const breaches: readonly (readonly [rule: string, file: string, imports: string])[] = [
  ['no-cycles', 'libs/platform/src/ring-a.ts', './ring-b'],
  ['no-unresolvable', 'libs/platform/src/lost.ts', './nowhere'],
  ['contracts-stand-alone', 'libs/contracts/src/bad.ts', '../../platform/src/index'],
  ['platform-knows-contracts', 'libs/platform/src/bad.ts', '../../scoring/src/index'],
  ['scoring-knows-contracts', 'libs/scoring/src/bad.ts', '../../platform/src/index'],
  ['scoring-is-pure', 'libs/scoring/src/impure.ts', 'node:fs'],
  ['scoring-takes-types-of-contracts', 'libs/scoring/src/values.ts', '../../contracts/src/index'],
  ['testing-knows-production-libraries', 'libs/testing/src/bad.ts', '../../scoring/src/index'],
  ['console-knows-contracts-and-scoring', 'apps/console/src/bad.ts', '../../../libs/platform/src/index'],
  ['services-know-production-libraries', 'apps/health/src/bad.ts', '../../../libs/testing/src/index'],
  ['apps-never-import-apps', 'apps/health/src/nosy.ts', '../../renewals/src/index'],
  ['libraries-never-import-apps', 'libs/platform/src/upward.ts', '../../../apps/renewals/src/index'],
  ['libraries-by-their-front-door', 'apps/health/src/burglar.ts', '../../../libs/platform/src/inner'],
  ['the-harness-is-for-specs', 'apps/health/src/harnessed.ts', '../../../libs/testing/src/index'],
  ['domain-is-pure', 'apps/health/src/score.domain.ts', './score.repository'],
  ['domain-is-pure', 'apps/health/src/clock.domain.ts', 'node:fs'],
  ['entries-never-touch-repositories', 'apps/health/src/score.controller.ts', './score.repository'],
  ['entries-never-touch-repositories', 'apps/health/src/score.consumer.ts', './score.repository'],
  ['repositories-look-down-only', 'apps/health/src/up.repository.ts', './score.handler'],
  ['handlers-know-no-entry', 'apps/health/src/up.handler.ts', './score.controller'],
  ['kafka-clients-behind-one-folder', 'apps/health/src/direct.ts', 'kafkajs'],
  ['kafka-clients-behind-one-folder', 'libs/platform/src/direct.ts', 'kafkajs'],
];

/** What is allowed beside them, and must stay so: as many ways as breaches would be forbidden by rules that are too wide. */
const allowed: readonly (readonly [file: string, imports: string])[] = [
  ['libs/platform/src/ring-b.ts', './ring-a'],
  ['apps/health/src/score.handler.ts', './score.repository'],
  ['apps/health/src/trend.domain.ts', './score.domain'],
  ['apps/health/src/platform.module.ts', '../../../libs/platform/src/index'],
  ['apps/health/src/score.int.spec.ts', '../../../libs/testing/src/index'],
  ['libs/platform/src/messaging/client.ts', 'kafkajs'],
];

const targets = [
  ...['contracts', 'platform', 'scoring', 'testing'].map((lib) => `libs/${lib}/src/index.ts`),
  ...['libs/platform/src/inner.ts', 'apps/renewals/src/index.ts', 'apps/health/src/score.repository.ts'],
];

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

function write(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

/** Lays the files out as the repository would have them, and lets the tool judge. */
function judge(folder: string): Violation[] {
  for (const file of targets) write(folder, file, 'export const one = 1;\n');
  for (const [file, imports] of [...breaches.map(([, ...rest]) => rest), ...allowed]) {
    write(folder, file, `export * from '${imports}';\n`);
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const args = ['apps', 'libs', '--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json'];
  const cruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const run = spawnSync(process.execPath, [cruise, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return (JSON.parse(run.stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

describe('the boundaries', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenure-boundaries-'));
  let violations: Violation[];

  beforeAll(() => {
    violations = judge(folder);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(breaches)('%s: %s must not import %s', (rule, file) => {
    expect(violations.filter(({ from }) => from === file).map((violation) => violation.rule.name)).toContain(rule);
  });

  it.each(allowed.slice(1))('%s may import %s', (file) => {
    expect(violations.filter(({ from }) => from === file)).toEqual([]);
  });

  it('has a breach for every rule', () => {
    const config = jest.requireActual<{ forbidden: { name: string }[] }>(join(root, '.dependency-cruiser.cjs'));
    expect([...new Set(breaches.map(([rule]) => rule))].sort()).toEqual(
      config.forbidden.map(({ name }) => name).sort(),
    );
  });
});
