import { Injectable } from '@nestjs/common';

import { Jobs } from '../jobs/jobs';
import { SeenSegments } from './seen-segments';

/** Forgets identities that have left the published window or are beyond the capacity. */
@Injectable()
export class ForgetSeenIdsJob {
  constructor(segments: SeenSegments, jobs: Jobs) {
    jobs.repeat('forget-seen-ids', '17 * * * *', () => segments.tidy());
  }
}
