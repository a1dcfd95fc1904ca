import { Injectable } from '@nestjs/common';
import { Clock, type Tx } from '@tenure/platform';
import { hashSecret, newSecret } from '../access/secret.handler';
import { GatewayConfig } from '../gateway.config';
import { SignInLinkRepository, type LinkOwner } from '../sessions/sign-in-link.repository';

/** Makes a one-time sign-in link; who has it becomes that person, so it goes to an admin or the operator only. */
@Injectable()
export class MakeLinkHandler {
  private readonly links = new SignInLinkRepository();

  constructor(
    private readonly clock: Clock,
    private readonly config: GatewayConfig,
  ) {}

  /** @returns the link. Whoever reads it on its way can use it, but only before its owner does, and within the day */
  async handle(tx: Tx, owner: LinkOwner): Promise<string> {
    const token = newSecret();
    await this.links.add(tx, hashSecret(token), owner, this.clock.now());
    return `${this.config.publicUrl.replace(/\/+$/, '')}/sign-in?token=${token}`;
  }
}
