import { Injectable } from '@nestjs/common';
import { Jobs } from '@tenure/platform';
import { ForgetDeliveriesHandler } from './forget-deliveries.handler';

/** Once a night. */
@Injectable()
export class ForgetDeliveriesJob {
  constructor(forgetting: ForgetDeliveriesHandler, jobs: Jobs) {
    jobs.repeat('forget-deliveries', '41 3 * * *', () => forgetting.run());
  }
}
