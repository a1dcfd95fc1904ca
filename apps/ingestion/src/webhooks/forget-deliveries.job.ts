import { Injectable } from '@nestjs/common';
import { Jobs } from '@tenure/platform';

import { RememberDeliveriesHandler } from './remember-deliveries.handler';

/** Once an hour. */
@Injectable()
export class ForgetDeliveriesJob {
  constructor(deliveries: RememberDeliveriesHandler, jobs: Jobs) {
    jobs.repeat('forget-webhook-deliveries', '41 * * * *', () => deliveries.forgetOld());
  }
}
