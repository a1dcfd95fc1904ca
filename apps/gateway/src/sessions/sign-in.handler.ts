import { Injectable } from '@nestjs/common';
import { Clock, Database, Problem } from '@tenure/platform';
import { addressSubject, AttemptsRepository, emailSubject } from './attempts.repository';
import { verifyPassword } from './hash-password.handler';
import { perAddress, perEmail } from './lock-out.domain';
import { LoginRepository, type Login } from './login.repository';
import { StartSessionHandler } from './start-session.handler';

const dayMs = 86_400_000;

export interface SignIn {
  /** Lower case, without blanks at the ends. */
  readonly email: string;
  readonly password: string;
  readonly address: string;
}

/**
 * Signs in by e-mail and password. An attempt is counted before the password is looked at and one answer serves every
 * failure, so that neither answers nor times tell who exists; a lock holds also against the right password.
 */
@Injectable()
export class SignInHandler {
  private readonly logins = new LoginRepository();
  private readonly attempts = new AttemptsRepository();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly sessions: StartSessionHandler,
  ) {}

  /** @returns the session's `Set-Cookie`; throws Problem `limited` or `unauthenticated` */
  async handle(signIn: SignIn): Promise<string> {
    const login = await this.admit(signIn);
    const right = await verifyPassword(signIn.password, login?.active ? login.passwordHash : null);
    if (!login || !right) throw new Problem('unauthenticated', 'E-mail or password is wrong.');
    return this.database.system(async (tx) => {
      await this.attempts.forget(tx, emailSubject(signIn.email));
      await this.attempts.takeBack(tx, addressSubject(signIn.address));
      await this.attempts.forgetOlder(tx, new Date(this.clock.now().getTime() - dayMs));
      return this.sessions.handle(tx, login);
    });
  }

  private async admit({ email, address }: SignIn): Promise<Login | undefined> {
    const now = this.clock.now();
    // The refusal is thrown after the commit: thrown inside, it would take the count back with it.
    const [verdict, login] = await this.database.system(async (tx) => {
      const byAddress = await this.attempts.count(tx, addressSubject(address), now, perAddress);
      if (!byAddress.allowed) return [byAddress, undefined] as const;
      return [
        await this.attempts.count(tx, emailSubject(email), now, perEmail),
        await this.logins.byEmail(tx, email),
      ] as const;
    });
    if (verdict.allowed) return login;
    const retryAfter = verdict.retryAfterSeconds;
    throw new Problem('limited', 'Too many attempts to sign in. Please wait, or ask an admin for a sign-in link.', {
      retryAfter,
    });
  }
}
