// npm run reset: drops all local state. What was downloaded (Kafka's jars, a browser) stays, and so do
// the folders of experiments.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { clusterHome } from './lib/cluster-home.mjs';
import { dataDir, root } from './lib/paths.mjs';
import { whatRuns } from './lib/running.mjs';
import { runScript, say, Trouble } from './lib/say.mjs';

const downloads = new Set(['kafka', 'chromium', 'faults']);

await runScript(() => {
  const running = whatRuns(dataDir);
  if (running) throw new Trouble(`Tenure is running (process ${running.pid}). Stop it first: npm run stop`);
  if (!existsSync(dataDir)) return say('There is no local state.');
  const made = join(dataDir, 'infra');
  if (existsSync(made) && readFileSync(made, 'utf8') === 'docker') dropContainers();
  for (const name of readdirSync(dataDir)) {
    if (!downloads.has(name)) rmSync(join(dataDir, name), { recursive: true, force: true });
  }
  for (const name of ['log', 'server.properties'])
    rmSync(join(dataDir, 'kafka', name), { recursive: true, force: true });
  rmSync(clusterHome(dataDir), { recursive: true, force: true });
  say('The local state is gone. The next start begins anew.');
});

function dropContainers() {
  const down = spawnSync('docker', ['compose', 'rm', '--stop', '--force', '--volumes', 'kafka', 'postgres'], {
    cwd: root,
  });
  if (down.status !== 0) throw new Trouble('The containers could not be removed: docker compose rm failed.');
}
