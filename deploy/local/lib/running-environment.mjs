import { urlsOf } from './databases.mjs';
import { clientEnvironment, serviceEnvironment } from './environment.mjs';
import { dataDir } from './paths.mjs';
import { whatRuns } from './running.mjs';
import { loadSecrets } from './secrets.mjs';
import { serviceNames } from './services.mjs';

/** The environment that reaches the stack that runs here; empty if none does, so that one's own settings count. */
export function environmentOfRunning() {
  const stack = stackOfRunning();
  return stack ? clientEnvironment(stack) : {};
}

/** What one more process of this service needs to join the stack that runs here; null if none does. */
export function environmentOfService(name) {
  const stack = stackOfRunning();
  return stack && serviceNames.includes(name) ? serviceEnvironment(name, stack) : null;
}

function stackOfRunning() {
  const running = whatRuns(dataDir);
  if (!running?.ports) return null;
  const { ports, demo, brokers, postgresUrl } = running;
  const secrets = loadSecrets(dataDir);
  const databases = Object.fromEntries(serviceNames.map((name) => [name, urlsOf(postgresUrl, name, secrets)]));
  return { ports, secrets, brokers, databases, demo };
}
