import { setTimeout as delay } from 'node:timers/promises';

import type { Environment } from '../config/load-config';
import { loadConfig } from '../config/load-config';
import { ConsumerState } from '../messaging/consumer-state';
import { migrateService } from '../run-service/migrate-service';
import type { ServiceDefinition } from '../run-service/service-definition';
import { type RunningService, startService } from '../run-service/start-service';
import type { DerivedState } from './derived-state';
import { emptyDerived, finishRebuild, isUnfinished } from './empty-derived';
import { asOwner } from './owner-connection';
import { restoreSnapshot, takeSnapshot } from './snapshot';
import { type StateHash, stateHash } from './state-hash';

const lookEveryMs = 200;
const sayEveryMs = 2_000;

export interface ReplayOptions {
  readonly env?: Environment;
  /** A folder that `takeSnapshot` wrote: where the replay begins; default: at the beginning of the log. */
  readonly snapshot?: string;
  /** Begins anew where another replay was broken off; default: goes on with that. */
  readonly again?: boolean;
  /** Told how far it is, every two seconds. */
  readonly say?: (line: string) => void;
  /** Ends it before it is done, as a kill would; for tests. */
  readonly stop?: AbortSignal;
}

/**
 * Rebuilds what is derived from a snapshot and the log: empties it, applies every record without judging anybody, and
 * ends when it has caught up. What is recorded (alerts, decisions, models, the score log) is not touched, and nothing is
 * published. Broken off, it goes on where it was; answers the hash of the state that it came to.
 * @throws Error while the service runs on the same database
 */
export async function replayService(
  name: string,
  definition: ServiceDefinition,
  options: ReplayOptions = {},
): Promise<StateHash | undefined> {
  const { derived, ownerUrl } = derivedOf(name, definition, options.env);
  const config = loadConfig(definition.config, options.env, name);
  await migrateService(definition, config);
  await asOwner(ownerUrl, async (ask) => {
    await refuseBeside(name, ask);
    if ((await isUnfinished(ask)) && !options.again) return options.say?.('An earlier replay goes on.');
    await emptyDerived(ask, derived);
    if (options.snapshot !== undefined) await restoreSnapshot(ask, name, derived, options.snapshot);
  });
  const running = await startService(name, definition, options.env, { rebuild: true });
  try {
    if (!(await caughtUp(running, options))) return undefined;
  } finally {
    await running.stop();
  }
  return asOwner(ownerUrl, async (ask) => {
    await finishRebuild(ask, derived);
    return stateHash(ask, derived);
  });
}

/** The hash of what is derived, as it stands now. */
export function hashService(name: string, definition: ServiceDefinition, env?: Environment): Promise<StateHash> {
  const { derived, ownerUrl } = derivedOf(name, definition, env);
  return asOwner(ownerUrl, (ask) => stateHash(ask, derived));
}

/** Writes a snapshot of what is derived into a folder. */
export function snapshotService(
  name: string,
  definition: ServiceDefinition,
  folder: string,
  env?: Environment,
): Promise<void> {
  const { derived, ownerUrl } = derivedOf(name, definition, env);
  return asOwner(ownerUrl, (ask) => takeSnapshot(ask, name, derived, folder));
}

function derivedOf(
  name: string,
  definition: ServiceDefinition,
  env?: Environment,
): { derived: DerivedState; ownerUrl: string } {
  const { databaseOwnerUrl } = loadConfig(definition.config, env, name);
  if (!definition.derived) throw new Error(`${name} does not say what of its tables is derived.`);
  if (!databaseOwnerUrl) throw new Error('Set DATABASE_OWNER_URL: the tables are the owner’s.');
  return { derived: definition.derived, ownerUrl: databaseOwnerUrl };
}

async function refuseBeside(name: string, ask: Parameters<typeof isUnfinished>[0]): Promise<void> {
  const rows = await ask(
    'select 1 from pg_stat_activity where datname = current_database() and application_name = $1',
    [`tenure-${name}`],
  );
  if (rows.length > 0) throw new Error(`${name} runs on this database: stop it first, or replay into another one.`);
}

/** False: it was told to stop before. */
async function caughtUp({ app }: RunningService, { say, stop }: ReplayOptions): Promise<boolean> {
  const state = app.get(ConsumerState);
  let saidAt = 0;
  let most = 0n;
  while (!state.isCaughtUp()) {
    if (stop?.aborted) return false;
    const stopped = state.stopped();
    if (stopped.length > 0) throw new Error(`The log cannot be read: ${stopped.join('; ')}`);
    const left = state.behind();
    if (left > most) most = left;
    if (most > 0n && Date.now() - saidAt > sayEveryMs) {
      say?.(`${most - left} of ${most} records applied (${(100n * (most - left)) / most} %).`);
      saidAt = Date.now();
    }
    await delay(lookEveryMs);
  }
  return true;
}
