import { Injectable } from '@nestjs/common';
import { failureOutcome } from './failure.domain';
import type { Message, Outcome } from '../deliveries/delivery.domain';
import type { Destination, Secrets } from '../destinations/destination.domain';
import { WebhookClient } from './webhook.client';

/** Sends one message to one destination by the destination's channel; never throws for what the other side does. */
@Injectable()
export class SendMessageHandler {
  constructor(private readonly webhook: WebhookClient) {}

  async send(destination: Destination, secrets: Secrets, message: Message, stop: AbortSignal): Promise<Outcome> {
    try {
      return await this.dispatch(destination, secrets, message, stop);
    } catch (error) {
      return failureOutcome(error);
    }
  }

  private dispatch(destination: Destination, secrets: Secrets, message: Message, stop: AbortSignal): Promise<Outcome> {
    return this.webhook.send(destination.url ?? '', secrets, message, stop);
  }
}
