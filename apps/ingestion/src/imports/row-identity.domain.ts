/**
 * Counts how often each text has been there, by 52 bits of its digest: 10 bytes for each, so that millions of rows fit.
 * A collision, which no file of this size will see, gives a row another number, the same in every run.
 */
export class Occurrences {
  private keys: Float64Array;
  private counts: Uint16Array;
  private used = 0;

  constructor(private capacity = 1 << 12) {
    this.keys = new Float64Array(capacity);
    this.counts = new Uint16Array(capacity);
  }

  /** @param digest at least 13 hexadecimal digits; answers 0 for the first one */
  next(digest: string): number {
    // Zero marks an empty place.
    const key = Number.parseInt(digest.slice(0, 13), 16) + 1;
    if (this.used * 10 > this.capacity * 7) this.grow();
    const at = this.placeOf(key);
    if (this.keys[at] === 0) {
      this.keys[at] = key;
      this.used += 1;
    }
    const before = this.counts[at] ?? 0;
    this.counts[at] = Math.min(before + 1, 65_535);
    return before;
  }

  private placeOf(key: number): number {
    let at = key % this.capacity;
    while (this.keys[at] !== 0 && this.keys[at] !== key) at = (at + 1) % this.capacity;
    return at;
  }

  private grow(): void {
    const [keys, counts] = [this.keys, this.counts];
    this.capacity *= 2;
    this.keys = new Float64Array(this.capacity);
    this.counts = new Uint16Array(this.capacity);
    for (const [index, key] of keys.entries()) {
      if (key === 0) continue;
      const at = this.placeOf(key);
      this.keys[at] = key;
      this.counts[at] = counts[index] ?? 0;
    }
  }
}
