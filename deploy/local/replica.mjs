// node deploy/local/replica.mjs SERVICE PORT: one more process of a service of the stack that runs here, as a second
// machine would run it. It stays until it is asked to end, and is not started again when it ends by itself.
// Its log and its process id stand beside those of the others, as `SERVICE-PORT`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runScript, say, Trouble } from './lib/say.mjs';
import { withToolchain } from './lib/toolchain.mjs';

const [service, port] = process.argv.slice(2);

async function begin(env) {
  const { mainOf } = await import('./lib/build.mjs');
  const { dataDir, logFile } = await import('./lib/paths.mjs');
  const { startProgram } = await import('./lib/processes.mjs');
  const name = `${service}-${port}`;
  const program = startProgram({
    name,
    command: process.execPath,
    args: ['--disable-warning=TimeoutNegativeWarning', mainOf(service)],
    log: logFile(dataDir, name),
    env: { ...env, PORT: port },
  });
  writeFileSync(join(dataDir, 'logs', `${name}.pid`), String(program.pid));
  return { name, program, ready: false };
}

await runScript(() =>
  withToolchain(async () => {
    const { environmentOfService } = await import('./lib/running-environment.mjs');
    const { killPrograms, stopPrograms } = await import('./lib/processes.mjs');
    const { becomesReady } = await import('./lib/services.mjs');
    const { askedToEnd } = await import('./lib/signals.mjs');
    const env = environmentOfService(service);
    if (!env) throw new Trouble(`No stack with a service ${service} runs here: npm start`);
    const asked = askedToEnd(killPrograms);
    try {
      const replica = await begin(env);
      await Promise.race([becomesReady(replica, port), asked]);
      if (replica.ready) say(`Ready: http://127.0.0.1:${port}`);
      await Promise.race([asked, replica.program.exited]);
    } finally {
      await stopPrograms();
    }
  }),
);
