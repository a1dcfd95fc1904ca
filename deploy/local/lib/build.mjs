import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { Trouble } from './say.mjs';

// No daemon: it would outlive us.
const env = { NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0', NODE_OPTIONS: '' };

export const mainOf = (app) => join(root, 'apps', app, 'dist', 'main.js');

/** Builds what changed since the last time, of these projects (default: all). Answers the tool's output. */
export const build = (projects) =>
  run(
    'nx',
    ['run-many', '-t', 'build', '--output-style=static', ...(projects ? [`--projects=${projects.join(',')}`] : [])],
    { env },
  );

/** The same, where a failure ends the script. */
export async function mustBuild(apps, log) {
  const { ok, output } = await build(apps.map((app) => `@tenure/${app}`));
  mkdirSync(dirname(log), { recursive: true });
  writeFileSync(log, output);
  const missing = apps.find((app) => app !== 'console' && !existsSync(mainOf(app)));
  if (!ok) throw new Trouble(`The build failed: ${firstError(output)} All of it: ${log}`);
  if (missing) throw new Trouble(`The build made no ${mainOf(missing)}. All of it: ${log}`);
}

const firstError = (output) =>
  output
    .split('\n')
    .find((line) => /error|✖|cannot/i.test(line))
    ?.trim() ?? 'it gave no reason.';
