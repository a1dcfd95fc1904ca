import type { Tx } from '@tenure/platform';
import { announceIdentityChange } from '../access/identity-changes.repository';

export interface NewSession {
  readonly secretHash: Buffer;
  readonly tenantId: string;
  readonly personId: string;
  readonly startedAt: Date;
  readonly expiresAt: Date;
}

/** The table `system.sessions`: only the hash of a session's secret is kept. A session that is over has no row. */
export class SessionRepository {
  async start(tx: Tx, session: NewSession): Promise<void> {
    await tx.query(
      `insert into system.sessions (secret_hash, tenant_id, person_id, started_at, expires_at) values ($1, $2, $3, $4, $5)`,
      [session.secretHash, session.tenantId, session.personId, session.startedAt, session.expiresAt],
    );
    await tx.query(`delete from system.sessions where tenant_id = $1 and person_id = $2 and expires_at <= $3`, [
      session.tenantId,
      session.personId,
      session.startedAt,
    ]);
  }

  async extend(tx: Tx, secretHash: Buffer, expiresAt: Date): Promise<void> {
    await tx.query(`update system.sessions set expires_at = $2 where secret_hash = $1`, [secretHash, expiresAt]);
  }

  async end(tx: Tx, secretHash: Buffer): Promise<void> {
    await tx.query(`delete from system.sessions where secret_hash = $1`, [secretHash]);
    await announceIdentityChange(tx);
  }

  /** Ends everything a person has open: they were deactivated, or their password changed. */
  async endAll(tx: Tx, tenantId: string, personId: string): Promise<void> {
    await tx.query(`delete from system.sessions where tenant_id = $1 and person_id = $2`, [tenantId, personId]);
    await announceIdentityChange(tx);
  }
}
