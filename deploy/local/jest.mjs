// npm run jest -- …: Jest under Node 24, with whatever arguments.
import { spawnSync } from 'node:child_process';
import { root } from './lib/paths.mjs';
import { runScript } from './lib/say.mjs';
import { withToolchain } from './lib/toolchain.mjs';

await runScript(() =>
  withToolchain(() => {
    process.exitCode = spawnSync('jest', process.argv.slice(2), { cwd: root, stdio: 'inherit' }).status ?? 1;
  }),
);
