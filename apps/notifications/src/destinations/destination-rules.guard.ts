import { Injectable } from '@nestjs/common';
import { Problem } from '@tenure/platform';
import { checkUrl } from '../channels/address.guard';
import { NotificationsConfig } from '../notifications.config';
import type { Destination } from './destination.domain';

const invalid = (pointer: string, code: string, detail: string): Problem =>
  new Problem('invalid', detail, { pointer, errors: [{ pointer, code, detail }] });

/** What a destination must be before anything is sent to it. */
@Injectable()
export class DestinationRules {
  constructor(private readonly config: NotificationsConfig) {}

  /** @throws Problem `invalid` with the pointer of what is wrong; `unprocessable` where e-mail is not set up */
  check(destination: Destination): void {
    if (destination.kind === 'email') this.checkEmail(destination);
    else this.checkAddress(destination);
    if (destination.ownerOnly && !destination.ownerEmail)
      throw invalid('/ownerOnly', 'no-owner', 'An API key owns no accounts: a person has to make this destination.');
  }

  private checkEmail({ url, to }: Destination): void {
    if (url !== null) throw invalid('/url', 'not-of-this-kind', 'A destination of kind email has no url.');
    if (to === null) throw invalid('/to', 'required', 'A destination of kind email needs an address.');
    if (!this.config.smtpUrl)
      throw new Problem('unprocessable', 'E-mail is not set up here: the operator has to set SMTP_URL.');
  }

  private checkAddress({ kind, url, to }: Destination): void {
    if (to !== null) throw invalid('/to', 'not-of-this-kind', `A destination of kind ${kind} has no to.`);
    if (url === null) throw invalid('/url', 'required', `A destination of kind ${kind} needs a url.`);
    const fault = checkUrl(url, this.config.privateDestinations);
    if (fault) throw invalid('/url', fault.code, fault.detail);
  }
}
