/**
 * A small seeded generator (sfc32). `Math.random` is never used: the same seed must give the same bytes, and every part draws from
 * a stream of its own, named by a path, so that a new draw in one part moves nothing in another.
 */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Integer in [low, high], both ends included. */
  int(low: number, high: number): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  normal(mean: number, deviation: number): number;
  poisson(mean: number): number;
  /** Gamma with the given shape and mean (Marsaglia and Tsang). */
  gamma(shape: number, mean: number): number;
  pick<T>(from: readonly T[]): T;
  /** Index drawn in proportion to the weights. */
  weighted(weights: readonly number[]): number;
  shuffle<T>(items: readonly T[]): T[];
}

export function randomOf(...path: readonly (string | number)[]): Random {
  return drawsFrom(sfc32(...hash128(path.join('/'))));
}

function hash128(text: string): [number, number, number, number] {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a];
}

/** Eight hexadecimal digits that stand for the text. */
export function fingerprint(text: string): string {
  return (hash128(text)[0] >>> 0).toString(16).padStart(8, '0');
}

function sfc32(a: number, b: number, c: number, d: number): () => number {
  const next = () => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i += 1) next();
  return next;
}

function drawsFrom(next: () => number): Random {
  const normal = (mean: number, deviation: number) =>
    mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const random: Random = {
    next,
    normal,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    poisson: (mean) => poisson(next, mean),
    gamma: (shape, mean) => (gamma(next, normal, shape) * mean) / shape,
    pick: (from) => at(from, Math.floor(next() * from.length)),
    weighted: (weights) => weighted(next, weights),
    shuffle: (items) => shuffle(next, items),
  };
  return random;
}

function poisson(next: () => number, mean: number): number {
  const limit = Math.exp(-mean);
  let product = next();
  let count = 0;
  while (product > limit) {
    product *= next();
    count += 1;
  }
  return count;
}

function gamma(next: () => number, normal: (mean: number, deviation: number) => number, shape: number): number {
  if (shape < 1) return gamma(next, normal, shape + 1) * Math.pow(1 - next(), 1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(0, 1);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

function weighted(next: () => number, weights: readonly number[]): number {
  let rest = next() * weights.reduce((sum, weight) => sum + weight, 0);
  const found = weights.findIndex((weight) => (rest -= weight) < 0);
  return found === -1 ? weights.length - 1 : found;
}

function shuffle<T>(next: () => number, items: readonly T[]): T[] {
  const keyed = items.map((item) => ({ item, key: next() }));
  return keyed.sort((x, y) => x.key - y.key).map(({ item }) => item);
}

/** The element at an index that is known to exist (wraps around). */
export function at<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError(`no element ${index} in a list of ${items.length}`);
  return item;
}
