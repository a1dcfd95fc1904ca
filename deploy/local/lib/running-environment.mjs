import { urlsOf } from './databases.mjs';
import { clientEnvironment } from './environment.mjs';
import { dataDir } from './paths.mjs';
import { whatRuns } from './running.mjs';
import { loadSecrets } from './secrets.mjs';
import { serviceNames } from './services.mjs';

/** The environment that reaches the stack that runs here; empty if none does, so that one's own settings count. */
export function environmentOfRunning() {
  const running = whatRuns(dataDir);
  if (!running?.ports) return {};
  const { ports, demo, brokers, postgresUrl } = running;
  const secrets = loadSecrets(dataDir);
  const databases = Object.fromEntries(serviceNames.map((name) => [name, urlsOf(postgresUrl, name, secrets)]));
  return clientEnvironment({ ports, secrets, brokers, databases, demo });
}
