import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { root } from './paths.mjs';
import { run } from './run.mjs';

const tool = (name, command, ...args) => ({ name, check: () => run(command, args) });

/** What is judged without running Tenure. Each counts as one. */
export const staticChecks = [
  tool('types', 'tsc', '--noEmit', '-p', 'tsconfig.json'),
  tool('types of the console', 'tsc', '--noEmit', '-p', 'apps/console/tsconfig.json'),
  tool('lint', 'oxlint', '--type-aware', '--deny-warnings'),
  tool('format', 'prettier', '--check', '.', '--log-level', 'warn'),
  tool('unused code and packages', 'knip', '--no-progress'),
  tool('boundaries', 'depcruise', 'apps', 'libs', '--config', '.dependency-cruiser.cjs'),
];

/** The production build of everything. */
export const buildCheck = {
  name: 'build',
  async check() {
    const result = await build();
    const page = join(root, 'apps/console/dist/index.html');
    if (!result.ok || existsSync(page)) return result;
    return { ok: false, output: `${result.output}\nThe console's build made no ${page}.` };
  },
};
