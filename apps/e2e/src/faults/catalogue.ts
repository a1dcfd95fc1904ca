import { brokerKilled, brokerRestarted, brokerSilent, brokerUnreachable } from './a-broker';
import { rebalanced, zombie } from './a-consumers';
import { killed, postgresRestarted, relayBackendKilled } from './a-crashes';
import { rollingRestart } from './a-rolling-restart';
import { clocks } from './b-clocks';
import { disorder } from './b-disorder';
import { controlRun, duplicates } from './b-duplicates';
import { flood } from './b-flood';
import { hostileBodies } from './b-hostile-bodies';
import { oddNumbers, oddTexts } from './b-odd-values';
import { poison, undecodable } from './b-poison';
import { slowClients } from './b-slow-clients';
import type { Experiment } from './experiment';
import { underLoad, type Injection } from './under-load';

/** Faults that are injected while a ledger is kept. */
export const injections: readonly Injection[] = [
  killed,
  brokerRestarted,
  brokerKilled,
  brokerUnreachable,
  brokerSilent,
  postgresRestarted,
  relayBackendKilled,
  zombie,
  rebalanced,
];

/** Everything that can be run, by its id in the catalogue. */
export const experiments: readonly Experiment[] = [
  ...injections.map((injection) => underLoad([injection])),
  disorder,
  clocks,
  poison,
  undecodable,
  flood,
  hostileBodies,
  slowClients,
  oddTexts,
  oddNumbers,
  duplicates,
  rollingRestart,
  controlRun,
];

/** @throws Error naming the ids there are */
export function experimentOf(id: string): Experiment {
  const found = experiments.find((each) => each.id === id || each.id.split(' ').includes(id));
  if (!found)
    throw new Error(`There is no experiment ${id}. There are ${experiments.map((each) => each.id).join(', ')}.`);
  return found;
}
