import { Injectable } from '@nestjs/common';
import { Clock, type Tx } from '@tenure/platform';
import { cookieHeader } from '../access/credential.domain';
import { sessionLife } from '../access/recognise-caller.handler';
import { hashSecret, newSecret } from '../access/secret.handler';
import { GatewayConfig } from '../gateway.config';
import { sessionEnd } from './session.domain';
import { SessionRepository } from './session.repository';

/** Opens a session for a person who proved who they are, inside the transaction of that proof. */
@Injectable()
export class StartSessionHandler {
  private readonly sessions = new SessionRepository();

  constructor(
    private readonly clock: Clock,
    private readonly config: GatewayConfig,
  ) {}

  /** @returns the value of `Set-Cookie`; the secret stands nowhere else */
  async handle(tx: Tx, person: { readonly tenantId: string; readonly personId: string }): Promise<string> {
    const secret = newSecret();
    const now = this.clock.now();
    const life = sessionLife(this.config);
    const { tenantId, personId } = person;
    const expiresAt = sessionEnd(now, now, life);
    await this.sessions.start(tx, { secretHash: hashSecret(secret), tenantId, personId, startedAt: now, expiresAt });
    return this.cookie(secret, life.absoluteMs / 1000);
  }

  /** The cookie that takes the session's away. */
  cookie(secret = '', maxAgeSeconds = 0): string {
    return cookieHeader(secret, { secure: this.config.publicUrl.startsWith('https:'), maxAgeSeconds });
  }
}
