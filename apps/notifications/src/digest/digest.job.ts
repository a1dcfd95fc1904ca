import { Injectable } from '@nestjs/common';
import { Jobs } from '@tenure/platform';
import type { Mail } from '../channels/email-message.domain';
import { digestMailQueue, SendDigestsHandler } from './send-digests.handler';

/** Every quarter of an hour, because not every time zone is whole hours from ours; once per cluster. */
@Injectable()
export class DigestJob {
  constructor(digests: SendDigestsHandler, jobs: Jobs) {
    jobs.repeat('digests', '*/15 * * * *', async () => void (await digests.run()));
    jobs.work<Mail>(digestMailQueue, (mail) => digests.send(mail));
  }
}
