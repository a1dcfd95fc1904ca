import { setTimeout as sleep } from 'node:timers/promises';

import { TestKafka } from '@tenure/testing';

import type { Bench } from './bench';
import { serviceNames, startService } from './service';

const settleMs = 3_000;

/** Resident memory of every service, started on an empty database and left alone. */
export const memory: Bench = async ({ children, print }) => {
  for (const name of serviceNames) {
    const kafka = new TestKafka();
    const service = await startService(children, name, kafka);
    await sleep(settleMs);
    const { now, peak } = service.memory();
    print({ name: `memory-${name}-idle`, value: now, unit: 'MB', detail: { peak } });
    await service.stop();
    await kafka.close();
  }
};
