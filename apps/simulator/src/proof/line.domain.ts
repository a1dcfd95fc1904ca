/** One measurement beside its target, in the form of the benchmarks' lines. */
export interface ProofLine {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

interface Target {
  readonly least?: number;
  readonly most?: number;
}

/** Three significant digits, and whether the target was met. */
export function line(
  name: string,
  value: number,
  unit: string,
  target: Target,
  detail: ProofLine['detail'] = {},
): ProofLine {
  const { least = -Infinity, most = Infinity } = target;
  return { name, value: short(value), unit, detail: { target, met: value >= least && value <= most, ...detail } };
}

export const short = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(3)) : value);
