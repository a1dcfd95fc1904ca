import { DaySlices } from './history/day-slices.domain';
import { LivePlayer } from './live/play-live.handler';
import type { Options } from './options.config';
import { GatewayClient } from './send/gateway.client';
import { IngestionClient } from './send/ingestion.client';
import { Ledger } from './send/ledger.domain';
import { playHistory } from './send/play-history.handler';
import { startProgress } from './send/progress.client';
import { type PlayState, readState, writeState } from './send/state-file.repository';
import type { WorldOptions } from './world/account.domain';
import { dayOf, isoDay } from './world/calendar.domain';
import { createWorld } from './world/world.domain';
import { writeHistory, writeTruth } from './write-files.repository';

const dayMs = 86_400_000;
const historyPatienceMs = 10 * 60_000;

/** What the command line asks for, in order: files, history (once), live events (until the signal). */
export async function simulate(options: Options, signal: AbortSignal): Promise<void> {
  const played = options.state ? readState(options.state) : undefined;
  const slices = new DaySlices(createWorld(played ? worldOf(played) : options.world));
  if (options.truth) writeTruth(slices, options.truth);
  if (options.out) console.log(`${await writeHistory(slices, options.out)} events written to ${options.out}`);
  if (options.importKey && !options.out && !played?.historyIn)
    await history(slices, options, options.importKey, signal);
  if (options.live && options.writeKey) await live(slices, options, options.writeKey, signal);
}

async function history(slices: DaySlices, options: Options, key: string, signal: AbortSignal): Promise<void> {
  const { world } = slices;
  const limits = { giveUpAfterMs: historyPatienceMs, signal };
  const began = Date.now();
  const progress = startProgress('Playing in the demo', world.until - world.start + 1);
  const ledger = await playHistory(slices, new IngestionClient(options.ingestion, key, limits), progress);
  console.log(`History: ${ledger.toString()}, ${((Date.now() - began) / 1000).toFixed(1)} s`);
  for (const example of ledger.examples) console.error(`rejected: ${JSON.stringify(example)}`);
  if (!ledger.balanced || ledger.rejected > 0) throw new Error('the history is not wholly in; see the ledger above');
  if (options.apiKey && options.importSource) {
    await new GatewayClient(options.gateway, options.apiKey, limits).closeImport(options.importSource);
  }
  keep(options, slices, { liveThrough: (world.until + 1) * dayMs, liveSince: 0 });
}

async function live(slices: DaySlices, options: Options, key: string, signal: AbortSignal): Promise<void> {
  const ledger = new Ledger();
  const client = new IngestionClient(options.ingestion, key, { giveUpAfterMs: Number.POSITIVE_INFINITY, signal });
  const played = options.state ? readState(options.state) : undefined;
  const from = played?.liveThrough ?? (slices.world.until + 1) * dayMs;
  const since = played?.liveSince || Date.now();
  const reached = (ms: number) => keep(options, slices, { liveThrough: ms, liveSince: since });
  console.log(`Live: ${options.pace} usage events a second for ${slices.plans.length} accounts`);
  try {
    await new LivePlayer(slices, client, ledger, { pace: options.pace, from, since, signal, reached }).play();
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    console.log(`Live: ${ledger.toString()}`);
    for (const example of ledger.examples) console.error(`rejected: ${JSON.stringify(example)}`);
  }
}

function worldOf({ seed, accounts, months, until }: PlayState): WorldOptions {
  return { seed, accounts, months, until: dayOf(until) };
}

function keep(options: Options, { world }: DaySlices, live: Pick<PlayState, 'liveThrough' | 'liveSince'>): void {
  if (!options.state) return;
  const { seed, accounts, months } = world;
  const state: PlayState = { seed, accounts, months, until: isoDay(world.until), historyIn: true, ...live };
  writeState(options.state, state);
}
