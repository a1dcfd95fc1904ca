import { Injectable } from '@nestjs/common';
import type { RiskAlert } from '@tenure/contracts';
import { Clock } from '@tenure/platform';
import type { Outcome } from '../deliveries/delivery.domain';
import { NotificationsConfig } from '../notifications.config';
import { GuardedHttpClient } from './guarded-http.client';
import { slackOutcome } from './http-outcome.domain';
import { slackMessage } from './slack-message.domain';

/** Sends an alert to an incoming webhook of Slack, or of what takes the same messages. */
@Injectable()
export class SlackClient {
  constructor(
    private readonly http: GuardedHttpClient,
    private readonly clock: Clock,
    private readonly config: NotificationsConfig,
  ) {}

  /** @throws what the network throws */
  async send(url: string, alert: RiskAlert, stop: AbortSignal): Promise<Outcome> {
    const body = JSON.stringify(slackMessage(alert, this.config.consoleUrl));
    const answer = await this.http.post(url, { 'content-type': 'application/json; charset=utf-8' }, body, stop);
    return slackOutcome(answer.status, answer.body, answer.retryAfter, this.clock.now());
  }
}
