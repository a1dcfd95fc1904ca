/** One measurement, printed as one line of JSON. */
export interface Line {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export type Print = (line: Line) => void;

export const print: Print = (line) => {
  process.stdout.write(`${JSON.stringify({ ...line, value: rounded(line.value) })}\n`);
};

/** Three significant digits: a shared machine measures no more. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value that this share of `values` does not exceed (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
