import { Tooltip } from '@mantine/core';
import type { CSSProperties, ReactNode } from 'react';
import type { Band, Severity } from '../api/types';
import { bandWords, direction, severityWords, trendSentence } from '../format/words';
import { Icon } from './icons';
import styles from './marks.module.css';

/** Sets the colours of a band (or of a severity, by the band that looks like it) for what is inside. */
export function bandColours(band: Band): CSSProperties {
  return {
    '--mark': `var(--band-${band})`,
    '--mark-soft': `var(--band-${band}-soft)`,
    '--mark-fill': `var(--band-${band}-fill)`,
  } as CSSProperties;
}

// Each band has a shape of its own, so that it reads without its colour.
const shapes: Record<Band, ReactNode> = {
  green: <circle cx="7" cy="7" r="5.5" fill="currentColor" />,
  yellow: <path d="M7 1.2 13 12.4H1z" fill="currentColor" strokeLinejoin="round" />,
  red: <rect x="1.6" y="1.6" width="10.8" height="10.8" rx="2" fill="currentColor" />,
  onboarding: (
    <>
      <circle cx="7" cy="7" r="4.9" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M7 2.1a4.9 4.9 0 0 1 0 9.8z" fill="currentColor" />
    </>
  ),
  unknown: (
    <circle cx="7" cy="7" r="4.9" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.4 2.2" />
  ),
};

export function BandShape({ band, size = 12 }: { band: Band; size?: number }): ReactNode {
  return (
    <svg
      className={styles.shape}
      viewBox="0 0 14 14"
      width={size}
      height={size}
      aria-hidden
      style={{ ...bandColours(band), color: 'var(--mark-fill)' }}
    >
      {shapes[band]}
    </svg>
  );
}

export function BandMark({ band, pill = false }: { band: Band; pill?: boolean }): ReactNode {
  return (
    <span className={`${styles.band} ${pill ? styles.pill : ''}`} style={bandColours(band)}>
      <BandShape band={band} />
      {bandWords[band]}
    </span>
  );
}

/** Score with the shape of its band: '● 82'. The band's word is there for screen readers. */
export function ScoreMark({ score, band }: { score: number | null; band: Band }): ReactNode {
  return (
    <span className={`${styles.score} num`} style={bandColours(band)} title={bandWords[band]}>
      <BandShape band={band} />
      <b>{score === null ? '–' : Math.round(score)}</b>
      <span className="sr-only">{bandWords[band]}</span>
    </span>
  );
}

export function TrendMark({ trend }: { trend: number | null }): ReactNode {
  const way = direction(trend);
  if (way === null || trend === null) return <span className={styles.trend}>–</span>;
  const size = Math.round(Math.abs(trend));
  return (
    <Tooltip label={trendSentence(trend)}>
      <span className={`${styles.trend} num`} data-way={way}>
        <Icon name={way} size={13} />
        <span aria-hidden>{size}</span>
        <span className="sr-only">{trendSentence(trend)}</span>
      </span>
    </Tooltip>
  );
}

const levels: Record<Severity, { bars: number; like: Band }> = {
  critical: { bars: 4, like: 'red' },
  high: { bars: 3, like: 'red' },
  medium: { bars: 2, like: 'yellow' },
  low: { bars: 1, like: 'unknown' },
  info: { bars: 0, like: 'unknown' },
};

/** Severity as a level of four bars and its word; `quiet` hides the word from the eye, not from screen readers. */
export function SeverityMark({ severity, quiet = false }: { severity: Severity; quiet?: boolean }): ReactNode {
  const level = levels[severity];
  return (
    <span className={styles.severity} style={bandColours(level.like)} title={severityWords[severity]}>
      <span className={styles.bars} aria-hidden>
        {[1, 2, 3, 4].map((step) => (
          <i key={step} style={{ height: 3 * step }} data-on={step <= level.bars} />
        ))}
      </span>
      <span className={quiet ? 'sr-only' : ''}>{severityWords[severity]}</span>
    </span>
  );
}
