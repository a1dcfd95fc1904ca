import type { Ledger, LedgerCause } from '../../api/types';
import { number } from './contributions';

export const causeWords: Record<LedgerCause, string> = {
  behaviour: 'What they did',
  time: 'Passing of time',
  'late-data': 'Data that came late',
  model: 'Another model',
  override: 'Set by a person',
};

/** A step of the picture from one score to the other: a bar from `base`, `size` high. */
export interface Step {
  name: string;
  base: number;
  size: number;
  /** An end of the picture (a score), or what lifted or lowered it. */
  kind: 'end' | 'up' | 'down';
}

/** From the earlier score over every cause that gave something to the later one. */
export function waterfall({ from, to, parts }: Ledger, ends: readonly [string, string]): Step[] {
  const start = from.score ?? 0;
  const steps: Step[] = [{ name: ends[0], base: 0, size: start, kind: 'end' }];
  let level = start;
  for (const { cause, points } of parts) {
    if (points === 0) continue;
    const next = level + points;
    const kind = points > 0 ? 'up' : 'down';
    steps.push({ name: causeWords[cause], base: Math.min(level, next), size: Math.abs(points), kind });
    level = next;
  }
  return [...steps, { name: ends[1], base: 0, size: to.score ?? 0, kind: 'end' }];
}

export function signed(points: number): string {
  if (points === 0) return '0';
  return `${points > 0 ? '+' : '−'}${number(Math.abs(points))}`;
}

/** 'Down 12.4 points: what they did −14, passing of time +1.6.' */
export function ledgerSentence({ difference, parts }: Ledger): string {
  if (difference === 0) return 'The score is the same.';
  const causes = parts.filter(({ points }) => points !== 0);
  const told = causes.map(({ cause, points }) => `${causeWords[cause].toLowerCase()} ${signed(points)}`).join(', ');
  return `${difference > 0 ? 'Up' : 'Down'} ${number(Math.abs(difference))} points: ${told}.`;
}
