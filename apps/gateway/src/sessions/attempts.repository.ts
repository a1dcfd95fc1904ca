import type { Tx } from '@tenure/platform';
import { countAttempt, type LockOutRule, type Verdict } from './lock-out.domain';

/** What is being tried. */
export const emailSubject = (email: string): string => `email:${email}`;
export const addressSubject = (address: string): string => `address:${address}`;

interface AttemptRow {
  attempts: number;
  since: Date;
  locked_until: Date | null;
}

/** The table `system.sign_in_attempts`, by what is being tried: an e-mail, or an address. */
export class AttemptsRepository {
  /** Counts one attempt before it is looked at; the row's lock makes attempts at the same time wait for each other. */
  async count(tx: Tx, subject: string, now: Date, rule: LockOutRule): Promise<Verdict> {
    await tx.query(
      `insert into system.sign_in_attempts (subject, attempts, since) values ($1, 0, $2) on conflict (subject) do nothing`,
      [subject, now],
    );
    const [row] = await tx.query<AttemptRow>(
      `select attempts, since, locked_until from system.sign_in_attempts where subject = $1 for update`,
      [subject],
    );
    const known = row && { count: row.attempts, since: row.since, lockedUntil: row.locked_until };
    const verdict = countAttempt(known, now, rule);
    if (verdict.allowed) {
      const { count, since, lockedUntil } = verdict.attempts;
      await tx.query(
        `update system.sign_in_attempts set attempts = $2, since = $3, locked_until = $4 where subject = $1`,
        [subject, count, since, lockedUntil],
      );
    }
    return verdict;
  }

  async forget(tx: Tx, subject: string): Promise<void> {
    await tx.query(`delete from system.sign_in_attempts where subject = $1`, [subject]);
  }

  /** Takes one attempt back: it was right after all, so it does not count against the address it shares with others. */
  async takeBack(tx: Tx, subject: string): Promise<void> {
    await tx.query(
      `update system.sign_in_attempts set attempts = greatest(attempts - 1, 0), locked_until = null where subject = $1`,
      [subject],
    );
  }

  async forgetOlder(tx: Tx, before: Date): Promise<void> {
    await tx.query(
      `delete from system.sign_in_attempts where ctid in (
         select ctid from system.sign_in_attempts where since < $1 and coalesce(locked_until, since) < $1 limit 100
           for update skip locked)`,
      [before],
    );
  }
}
