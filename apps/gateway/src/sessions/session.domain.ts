const minute = 60_000;

/** How long a session lives: it ends `idleMs` after its last use and `absoluteMs` after its start, whichever is first. */
export interface SessionLife {
  readonly idleMs: number;
  readonly absoluteMs: number;
}

/** The end of a session that is used at `now`. */
export function sessionEnd(startedAt: Date, now: Date, life: SessionLife): Date {
  return new Date(Math.min(now.getTime() + life.idleMs, startedAt.getTime() + life.absoluteMs));
}

/** Only once in ten minutes of use, so that reading a page does not write a row. */
export function isWorthExtending(expiresAt: Date, startedAt: Date, now: Date, life: SessionLife): boolean {
  return sessionEnd(startedAt, now, life).getTime() - expiresAt.getTime() >= 10 * minute;
}

/** One-time sign-in links: 24 hours. */
export const linkLifeMs = 24 * 60 * minute;

export interface SignInLink {
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

export function isLinkGood(link: SignInLink, now: Date): boolean {
  return link.usedAt === null && now.getTime() < link.expiresAt.getTime();
}
