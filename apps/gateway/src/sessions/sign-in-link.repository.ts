import type { Tx } from '@tenure/platform';
import { isLinkGood, linkLifeMs } from './session.domain';

export interface LinkOwner {
  readonly tenantId: string;
  readonly personId: string;
}

interface LinkRow {
  tenant_id: string;
  person_id: string;
  expires_at: Date;
  used_at: Date | null;
}

/** The table `system.sign_in_links`: one-time links, by the hash of their token. */
export class SignInLinkRepository {
  /** A new link makes the person's older ones useless. */
  async add(tx: Tx, tokenHash: Buffer, owner: LinkOwner, now: Date): Promise<void> {
    await tx.query(`delete from system.sign_in_links where tenant_id = $1 and person_id = $2`, [
      owner.tenantId,
      owner.personId,
    ]);
    await tx.query(
      `insert into system.sign_in_links (token_hash, tenant_id, person_id, expires_at) values ($1, $2, $3, $4)`,
      [tokenHash, owner.tenantId, owner.personId, new Date(now.getTime() + linkLifeMs)],
    );
  }

  /** Whether it is worth hashing a password for this token; only `spend` decides. */
  async isGood(tx: Tx, tokenHash: Buffer, now: Date): Promise<boolean> {
    const [row] = await tx.query<LinkRow>(
      `select expires_at, used_at from system.sign_in_links where token_hash = $1`,
      [tokenHash],
    );
    return row !== undefined && isLinkGood({ expiresAt: row.expires_at, usedAt: row.used_at }, now);
  }

  /** Spends the link; undefined where it is unknown, old or spent. The row's lock lets only one of two callers spend it. */
  async spend(tx: Tx, tokenHash: Buffer, now: Date): Promise<LinkOwner | undefined> {
    const [row] = await tx.query<LinkRow>(
      `select tenant_id, person_id, expires_at, used_at from system.sign_in_links where token_hash = $1 for update`,
      [tokenHash],
    );
    if (!row || !isLinkGood({ expiresAt: row.expires_at, usedAt: row.used_at }, now)) return undefined;
    await tx.query(`update system.sign_in_links set used_at = $2 where token_hash = $1`, [tokenHash, now]);
    return { tenantId: row.tenant_id, personId: row.person_id };
  }
}
