import { Injectable } from '@nestjs/common';
import { Jobs } from '@tenure/platform';

import { WatchSourceHandler } from './watch-source.handler';

/** Every five minutes. */
@Injectable()
export class ForgetLiveJob {
  constructor(watcher: WatchSourceHandler, jobs: Jobs) {
    jobs.repeat('forget-live', '*/5 * * * *', () => watcher.forgetOld());
  }
}
