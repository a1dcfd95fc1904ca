import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@tenure/testing';
import { judge, settled, type Verdict } from '../ledger/judge';
import { LedgerSender } from '../ledger/ledger-sender';
import { unless, type Experiment, type Facts, type Outcome, type Trial } from './experiment';
import type { Stage } from './stage';

/** A fault that is injected while a client sends and keeps its ledger. */
export interface Injection {
  readonly id: string;
  readonly title: string;
  /** Brings the fault and waits until it has passed. Throws where something is not as it must be meanwhile. */
  inject(trial: Trial): Promise<Facts>;
  /** What the ledger has to show, if the fault hit at all. */
  readonly hit?: (verdict: Verdict) => boolean;
}

/** The experiment that is these faults one after the other, under one ledger, judged once at the end. */
export function underLoad(injections: readonly Injection[], id = ids(injections)): Experiment {
  const title = injections.map((each) => each.title).join('; ');
  return { id, title, run: (trial) => run(trial, injections) };
}

const ids = (injections: readonly Injection[]): string => injections.map((each) => each.id).join(' ');
const quietMs = 500;

async function run(trial: Trial, injections: readonly Injection[]): Promise<Outcome> {
  const { stage, folder, random } = trial;
  const tenant = await stage.tenant();
  const file = join(folder, 'ledger.jsonl');
  const sender = new LedgerSender({
    urls: [stage.stack.urls.ingestion],
    writeKey: tenant.writeKey,
    file,
    random: random.next,
  });
  const facts: Record<string, number | string> = {};
  sender.start();
  try {
    for (const injection of injections) {
      await sleep(quietMs);
      const begun = Date.now();
      const seen = { ...(await injection.inject(trial)), tookMs: Date.now() - begun };
      for (const [name, value] of Object.entries(seen)) facts[`${injection.id}.${name}`] = value;
    }
    await sleep(quietMs);
  } finally {
    await sender.stop();
  }
  await settled(tenant, file);
  const verdict = await judge(stage.stack, tenant, folder, file);
  const pending = await pendingOutbox(stage);
  const missed = injections.filter(({ hit }) => hit && !hit(verdict)).map(({ id }) => `${id} did not hit anything`);
  const violations = [
    ...violationsOf(verdict),
    ...missed,
    ...unless(pending === 0, `${pending} rows stay in the outbox`),
  ];
  return { violations, facts: { ...countsOf(verdict), ...facts } };
}

export const violationsOf = ({ lost, twice, neverSent }: Verdict): string[] => [
  ...lost.map((each) => `lost: ${each}`),
  ...twice.map((each) => `twice: ${each}`),
  ...neverSent.map((each) => `never sent: ${each}`),
];

export const countsOf = ({ sent, acknowledged, unknown, repeated, republished }: Verdict): Facts => ({
  sent,
  acknowledged,
  unknown,
  repeated,
  republished,
});

/** What the relay has not published a minute after the faults; 0 when all is well. */
async function pendingOutbox(stage: Stage): Promise<number> {
  const count = async (): Promise<number> => {
    const [row] = await stage.query<{ n: number }>('health', 'select count(*)::int as n from system.outbox');
    return row?.n ?? 0;
  };
  const none = async () => {
    const left = await count();
    if (left > 0) throw new Error(`${left} rows wait.`);
    return left;
  };
  return eventually(none, { everyMs: 200 }).catch(count);
}
