import { Injectable } from '@nestjs/common';
import { Database } from '@tenure/platform';
import { readCredential } from '../access/credential.domain';
import { hashSecret } from '../access/secret.handler';
import { SessionRepository } from './session.repository';

/** Signs out: the session ends in the database, in every gateway, not only in this browser. */
@Injectable()
export class EndSessionHandler {
  private readonly sessions = new SessionRepository();

  constructor(private readonly database: Database) {}

  async handle(cookie: string | undefined): Promise<void> {
    const credential = readCredential(undefined, cookie);
    if (credential.kind !== 'session') return;
    await this.database.system((tx) => this.sessions.end(tx, hashSecret(credential.secret)));
  }
}
