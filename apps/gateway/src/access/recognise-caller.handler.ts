import { Injectable } from '@nestjs/common';
import { Clock, Database, type CallerIdentity, type Tx } from '@tenure/platform';
import { GatewayConfig } from '../gateway.config';
import { isWorthExtending, sessionEnd, type SessionLife } from '../sessions/session.domain';
import { SessionRepository } from '../sessions/session.repository';
import { ApiKeyRepository } from '../api-keys/api-key.repository';
import type { Credential } from './credential.domain';
import { IdentityCache } from './identity-cache.client';
import { IdentityReadModel } from './identity.read-model';
import { hashSecret } from './secret.handler';

const minute = 60_000;

export function sessionLife(config: GatewayConfig): SessionLife {
  return { idleMs: config.sessionIdleHours * 60 * minute, absoluteMs: config.sessionDays * 24 * 60 * minute };
}

/** Finds out whose a session or an API key is: one indexed query, remembered for at most five seconds. */
@Injectable()
export class RecogniseCallerHandler {
  private readonly identities = new IdentityReadModel();
  private readonly sessions = new SessionRepository();
  private readonly keys = new ApiKeyRepository();

  constructor(
    private readonly database: Database,
    private readonly cache: IdentityCache,
    private readonly clock: Clock,
    private readonly config: GatewayConfig,
  ) {}

  /** Undefined: nobody's, ended or revoked. */
  handle(credential: Exclude<Credential, { kind: 'none' }>): Promise<CallerIdentity | undefined> {
    const hash = hashSecret(credential.secret);
    return this.cache.get(hash.toString('base64'), () =>
      this.database.system((tx) => (credential.kind === 'session' ? this.session(tx, hash) : this.key(tx, hash))),
    );
  }

  private async session(tx: Tx, hash: Buffer): Promise<CallerIdentity | undefined> {
    const now = this.clock.now();
    const life = sessionLife(this.config);
    const session = await this.identities.session(tx, hash, now);
    if (!session) return undefined;
    if (isWorthExtending(session.expiresAt, session.startedAt, now, life)) {
      await this.sessions.extend(tx, hash, sessionEnd(session.startedAt, now, life));
    }
    return session.caller;
  }

  private async key(tx: Tx, hash: Buffer): Promise<CallerIdentity | undefined> {
    const key = await this.identities.key(tx, hash);
    if (!key) return undefined;
    const now = this.clock.now();
    // To the minute: the last use is for people to read, and must not make every read a write.
    if (now.getTime() - (key.lastUsedAt?.getTime() ?? 0) >= minute) await this.keys.markUsed(tx, hash, now);
    return key.caller;
  }
}
