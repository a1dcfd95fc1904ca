import { Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import type { Outcome } from '../deliveries/delivery.domain';
import { NotificationsConfig } from '../notifications.config';
import type { Mail } from './email-message.domain';
import { smtpOutcome } from './smtp-outcome.domain';

/** Sends e-mail through the operator's SMTP server. */
@Injectable()
export class EmailClient {
  constructor(private readonly config: NotificationsConfig) {}

  /** @throws what the network throws, and `TimeoutError` at the time limit */
  async send(mail: Mail): Promise<Outcome> {
    if (!this.config.smtpUrl)
      return { result: 'retry', status: null, detail: 'E-mail is not set up here: the operator has to set SMTP_URL.' };
    const transport = createTransport(this.address(this.config.smtpUrl));
    try {
      await this.inTime(transport.sendMail(this.message(mail)));
      return { result: 'delivered', status: 250, detail: 'The mail server took it.' };
    } catch (error) {
      const outcome = smtpOutcome(error);
      if (!outcome) throw error;
      return outcome;
    } finally {
      transport.close();
    }
  }

  private message({ listUnsubscribe, ...mail }: Mail) {
    return {
      ...mail,
      from: this.config.mailFrom,
      disableFileAccess: true,
      disableUrlAccess: true,
      headers: {
        'Auto-Submitted': 'auto-generated',
        ...(listUnsubscribe === undefined ? {} : { 'List-Unsubscribe': `<${listUnsubscribe}>` }),
      },
    };
  }

  private address(smtpUrl: string): string {
    const url = new URL(smtpUrl);
    for (const limit of ['connectionTimeout', 'greetingTimeout', 'socketTimeout'])
      url.searchParams.set(limit, String(this.config.deliveryTimeoutMs));
    return url.href;
  }

  private async inTime(sent: Promise<unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      const error = new DOMException('The mail server did not answer in time.', 'TimeoutError');
      timer = setTimeout(() => reject(error), this.config.deliveryTimeoutMs);
    });
    try {
      await Promise.race([sent, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
