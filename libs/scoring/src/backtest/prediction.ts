/** What was said about one renewal ahead of it, and what came of it. */
export interface Prediction {
  /** Intervals are drawn by account: two renewals of one account are not two independent facts. */
  readonly account: string;
  /** P(lost), 0–1; for a ranking alone any number that is higher for a higher risk. */
  readonly probability: number;
  readonly lost: boolean;
}

/** A number with the interval that its sample leaves open (95 % unless said otherwise). */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}
