import { Clock } from '@tenure/platform';

/** A clock that stands still until a test moves it. */
export class FixedClock extends Clock {
  private instant: number;

  constructor(at: Date | string) {
    super();
    this.instant = new Date(at).getTime();
  }

  override now(): Date {
    return new Date(this.instant);
  }

  set(at: Date | string): void {
    this.instant = new Date(at).getTime();
  }

  /** Moves the clock on by milliseconds. */
  advance(ms: number): void {
    this.instant += ms;
  }
}
