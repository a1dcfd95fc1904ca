import { Injectable } from '@nestjs/common';
import type { RiskAlert } from '@tenure/contracts';
import type { Message, Outcome } from '../deliveries/delivery.domain';
import type { Destination, Secrets } from '../destinations/destination.domain';
import { NotificationsConfig } from '../notifications.config';
import { EmailClient } from './email.client';
import { alertMail } from './email-message.domain';
import { failureOutcome } from './failure.domain';
import { SlackClient } from './slack.client';
import { WebhookClient } from './webhook.client';

/** Sends one message to one destination by the destination's channel; never throws for what the other side does. */
@Injectable()
export class SendMessageHandler {
  constructor(
    private readonly webhook: WebhookClient,
    private readonly slack: SlackClient,
    private readonly email: EmailClient,
    private readonly config: NotificationsConfig,
  ) {}

  async send(destination: Destination, secrets: Secrets, message: Message, stop: AbortSignal): Promise<Outcome> {
    try {
      return await this.dispatch(destination, secrets, message, stop);
    } catch (error) {
      return failureOutcome(error);
    }
  }

  private dispatch(destination: Destination, secrets: Secrets, message: Message, stop: AbortSignal): Promise<Outcome> {
    const { kind, url, to } = destination;
    // Valid by its schema when it came from the topic; nothing else is ever written there.
    const alert = message.data as RiskAlert;
    if (kind === 'slack') return this.slack.send(url ?? '', alert, stop);
    if (kind === 'email') return this.email.send(alertMail(alert, message.webhookId, to ?? '', this.config.consoleUrl));
    return this.webhook.send(url ?? '', secrets, message, stop);
  }
}
