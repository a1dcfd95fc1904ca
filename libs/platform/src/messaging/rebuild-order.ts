import { Injectable } from '@nestjs/common';
import { topics } from '@tenure/contracts';
import type { EachBatchPayload } from 'kafkajs';

import { ServiceConfig } from '../config/service.config';
import { ConsumerState } from './consumer-state';

/** What usage is folded by: an account's time zone and merges. In a replay they are there before it. */
const first = [topics.tenantChanges.name, topics.accountChanges.name] as const;
const lookEveryMs = 100;

/** While derived state is rebuilt, other topics wait until these were read to their end. */
@Injectable()
export class RebuildOrder {
  constructor(
    private readonly config: ServiceConfig,
    private readonly state: ConsumerState,
  ) {}

  /** True: the batch is not to be applied now; its partition is read again from the same place later. */
  postpones(topic: string, payload: EachBatchPayload): boolean {
    if (!this.config.rebuild || first.some((each) => each === topic) || this.state.isCaughtUpOn(first)) return false;
    const resume = payload.pause();
    const timer = setInterval(() => {
      if (!this.state.isCaughtUpOn(first)) return;
      clearInterval(timer);
      resume();
    }, lookEveryMs);
    timer.unref();
    return true;
  }
}
