import { Injectable } from '@nestjs/common';
import { Clock } from '@tenure/platform';
import { Webhook } from 'standardwebhooks';
import type { Message, Outcome } from '../deliveries/delivery.domain';
import type { Secrets } from '../destinations/destination.domain';
import { GuardedHttpClient } from './guarded-http.client';
import { webhookOutcome } from './http-outcome.domain';

/** Standard Webhooks: the headers that prove a body is ours, one signature for each secret in force. */
export function signedHeaders(message: Message, body: string, secrets: Secrets, at: Date): Record<string, string> {
  return {
    'content-type': 'application/json',
    'webhook-id': message.webhookId,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(message.webhookId, at, body)).join(' '),
  };
}

/** Sends a message as a signed webhook. */
@Injectable()
export class WebhookClient {
  constructor(
    private readonly http: GuardedHttpClient,
    private readonly clock: Clock,
  ) {}

  /** @throws what the network throws */
  async send(url: string, secrets: Secrets, message: Message, stop: AbortSignal): Promise<Outcome> {
    const body = JSON.stringify({ type: message.type, timestamp: message.timestamp, data: message.data });
    const headers = signedHeaders(message, body, secrets, this.clock.now());
    const answer = await this.http.post(url, headers, body, stop);
    return webhookOutcome(answer.status, answer.retryAfter, this.clock.now());
  }
}
