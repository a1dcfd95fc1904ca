import type { Curve, CurvePiece } from './model';

/** Points (0–100) of a value: straight between the curve's points, flat outside. */
export function pointsOn(curve: Curve, value: number): number {
  let before: readonly [number, number] | undefined;
  for (const point of curve) {
    if (value <= point[0]) return before === undefined || value === point[0] ? point[1] : between(before, point, value);
    before = point;
  }
  return before?.[1] ?? 0;
}

/** The piece of the curve that a value lies on; outside of the curve both ends are its first or last point. */
export function pieceOn(curve: Curve, value: number): CurvePiece {
  const above = curve.findIndex(([x]) => value <= x);
  const to = curve[above] ?? curve.at(-1) ?? [value, 0];
  const from = above > 0 && value !== to[0] ? (curve[above - 1] ?? to) : to;
  return { from, to };
}

function between(a: readonly [number, number], b: readonly [number, number], value: number): number {
  return a[1] + ((b[1] - a[1]) * (value - a[0])) / (b[0] - a[0]);
}
