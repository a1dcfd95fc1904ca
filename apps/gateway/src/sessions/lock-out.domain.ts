/** After `attempts` failures inside `windowMs`, no more attempt is looked at for `lockMs`. */
export interface LockOutRule {
  readonly attempts: number;
  readonly windowMs: number;
  readonly lockMs: number;
}

const minutes = (count: number) => count * 60_000;

/** Guessing one person's password, from anywhere. */
export const perEmail: LockOutRule = { attempts: 5, windowMs: minutes(15), lockMs: minutes(15) };

/** Guessing many people's passwords from one address; wider, because an office shares one. */
export const perAddress: LockOutRule = { attempts: 30, windowMs: minutes(15), lockMs: minutes(15) };

export interface Attempts {
  readonly count: number;
  readonly since: Date;
  readonly lockedUntil: Date | null;
}

export type Verdict =
  | { readonly allowed: true; readonly attempts: Attempts }
  | { readonly allowed: false; readonly retryAfterSeconds: number };

/**
 * Counts an attempt before the password is looked at, so that a hundred at the same time are counted as a hundred.
 * While locked nothing is counted: a lock ends by itself, whoever keeps trying.
 */
export function countAttempt(known: Attempts | undefined, now: Date, rule: LockOutRule): Verdict {
  const locked = (known?.lockedUntil?.getTime() ?? 0) - now.getTime();
  if (locked > 0) return { allowed: false, retryAfterSeconds: Math.ceil(locked / 1000) };
  const fresh = !known || known.lockedUntil !== null || now.getTime() - known.since.getTime() >= rule.windowMs;
  const count = fresh ? 1 : known.count + 1;
  const lockedUntil = count >= rule.attempts ? new Date(now.getTime() + rule.lockMs) : null;
  return { allowed: true, attempts: { count, since: fresh ? now : known.since, lockedUntil } };
}
