// npm run stop: ends what `npm start` started, wherever its terminal is.
import { setTimeout as sleep } from 'node:timers/promises';
import { dataDir } from './lib/paths.mjs';
import { whatRuns } from './lib/running.mjs';
import { runScript, say, Trouble } from './lib/say.mjs';

const patienceMs = 60_000;

await runScript(async () => {
  const running = whatRuns(dataDir);
  if (!running) return say('Tenure is not running.');
  process.kill(running.pid, 'SIGTERM');
  const deadline = Date.now() + patienceMs;
  while (whatRuns(dataDir)) {
    if (Date.now() > deadline)
      throw new Trouble(`Tenure (process ${running.pid}) does not stop. \`kill -9 ${running.pid}\` ends it.`);
    await sleep(100);
  }
  say('Stopped.');
});
