import type { ReactNode } from 'react';

const width = 104;
const height = 26;

/**
 * Bars of the last days, the newest at the right; the part on top in another tone is what of it went wrong.
 * @param label what it shows, in a sentence: it is all that a screen reader gets
 */
export function Sparkline(props: { label: string; values: readonly { good: number; bad?: number }[] }): ReactNode {
  const top = Math.max(1, ...props.values.map(({ good, bad = 0 }) => good + bad));
  const step = width / Math.max(1, props.values.length);
  const tall = (value: number): number => (value === 0 ? 0 : Math.max(1.5, (value / top) * (height - 1)));
  return (
    <svg role="img" aria-label={props.label} viewBox={`0 0 ${width} ${height}`} width={width} height={height}>
      <path d={`M0 ${height - 0.5}H${width}`} stroke="var(--t-line)" />
      {props.values.map(({ good, bad = 0 }, index) => {
        const [goodTall, badTall] = [tall(good), tall(bad)];
        const bar = { x: index * step + 0.4, width: Math.max(0.8, step - 0.8), rx: 0.5 };
        return (
          // The place of a day is its identity.
          <g key={index}>
            <rect {...bar} y={height - goodTall} height={goodTall} fill="var(--t-accent)" opacity={0.75} />
            {bad > 0 ? (
              <rect {...bar} y={height - goodTall - badTall} height={badTall} fill="var(--band-red-fill)" />
            ) : null}
          </g>
        );
      })}
    </svg>
  );
}
