import { Injectable } from '@nestjs/common';
import { Clock, Database, Problem, type Tx } from '@tenure/platform';
import { hashSecret } from '../access/secret.handler';
import { AttemptsRepository, emailSubject } from './attempts.repository';
import { hashPassword } from './hash-password.handler';
import { LoginRepository } from './login.repository';
import { SessionRepository } from './session.repository';
import { SignInLinkRepository } from './sign-in-link.repository';
import { StartSessionHandler } from './start-session.handler';

/** Signs in by a one-time link, and sets the person's password if one is given; that ends their other sessions. */
@Injectable()
export class RedeemLinkHandler {
  private readonly links = new SignInLinkRepository();
  private readonly logins = new LoginRepository();
  private readonly sessions = new SessionRepository();
  private readonly attempts = new AttemptsRepository();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly starter: StartSessionHandler,
  ) {}

  /** @returns the session's `Set-Cookie`; throws Problem `gone` for a link that is unknown, old or used */
  async handle(token: string, password: string | undefined): Promise<string> {
    const tokenHash = hashSecret(token);
    const worth = await this.database.system((tx) => this.links.isGood(tx, tokenHash, this.clock.now()));
    if (!worth) throw spent();
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    return this.database.system((tx) => this.redeem(tx, tokenHash, passwordHash));
  }

  private async redeem(tx: Tx, tokenHash: Buffer, passwordHash: string | undefined): Promise<string> {
    const owner = await this.links.spend(tx, tokenHash, this.clock.now());
    const login = owner && (await this.logins.byPerson(tx, owner.tenantId, owner.personId));
    if (!login?.active) throw spent();
    if (passwordHash) {
      await this.logins.setPassword(tx, login.tenantId, login.personId, passwordHash);
      await this.sessions.endAll(tx, login.tenantId, login.personId);
    }
    await this.attempts.forget(tx, emailSubject(login.email));
    return this.starter.handle(tx, login);
  }
}

function spent(): Problem {
  return new Problem('gone', 'The link is not good any more. An admin can make a new one.');
}
