// npm run tenure -- …: the CLI, pointed at the stack that runs here.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { runScript, Trouble } from './lib/say.mjs';
import { withToolchain } from './lib/toolchain.mjs';

await runScript(() =>
  withToolchain(async () => {
    const [{ build, mainOf }, { environmentOfRunning }] = await Promise.all([
      import('./lib/build.mjs'),
      import('./lib/running-environment.mjs'),
    ]);
    if (!existsSync(mainOf('cli')) && !(await build(['@tenure/cli'])).ok)
      throw new Trouble('The CLI could not be built.');
    const child = spawn(
      process.execPath,
      ['--disable-warning=TimeoutNegativeWarning', mainOf('cli'), ...process.argv.slice(2)],
      {
        stdio: 'inherit',
        env: { ...process.env, ...environmentOfRunning() },
      },
    );
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    await new Promise((resolve) => {
      child.once('exit', (code) => {
        process.exitCode = code ?? 1;
        resolve();
      });
    });
  }),
);
