import type { Band, Category, Role, Severity } from '../api/types';

export const bandWords: Record<Band, string> = {
  green: 'Green',
  yellow: 'Yellow',
  red: 'Red',
  onboarding: 'Onboarding',
  unknown: 'Unknown',
};

export const bandOrder: readonly Band[] = ['green', 'yellow', 'red', 'onboarding', 'unknown'];

export const severityWords: Record<Severity, string> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
};

export const categoryWords: Record<Category, string> = {
  commit: 'Commit',
  'best-case': 'Best case',
  'at-risk': 'At risk',
  churn: 'Churn',
};

export const categoryOrder: readonly Category[] = ['commit', 'best-case', 'at-risk', 'churn'];

export const roleWords: Record<Role, string> = { admin: 'Admin', leader: 'Leader', csm: 'CSM', viewer: 'Viewer' };

const written: Record<string, string> = { smb: 'SMB', nps: 'NPS', csat: 'CSAT', csm: 'CSM', csv: 'CSV', id: 'ID' };

/** 'champion-left' → 'Champion left'; 'smb' → 'SMB'. */
export function words(term: string | null | undefined): string {
  if (!term) return '–';
  const text = term
    .split(/[-_\s]+/)
    .map((part) => written[part.toLowerCase()] ?? part)
    .join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** An account by its name, or by its id until a source has told one. */
export function nameOf(account: { name: string | null; accountId: string }): string {
  return account.name ?? account.accountId;
}

export type Direction = 'up' | 'down' | 'flat';

/** The arrow of a trend: only a change of 5 points or more in 28 days is one. */
export function direction(trend: number | null | undefined): Direction | null {
  if (trend === null || trend === undefined) return null;
  if (trend >= 5) return 'up';
  return trend <= -5 ? 'down' : 'flat';
}

/** 'down 12 points in 28 days'. */
export function trendSentence(trend: number | null | undefined): string {
  const way = direction(trend);
  if (way === null || trend === null || trend === undefined) return 'No score 28 days ago to compare with';
  const size = Math.round(Math.abs(trend));
  const points = `${size} ${size === 1 ? 'point' : 'points'}`;
  if (way === 'flat') return size === 0 ? 'Unchanged in 28 days' : `Steady: ${points} in 28 days`;
  return `${way === 'up' ? 'Up' : 'Down'} ${points} in 28 days`;
}

/** 'Decision in 42 days', 'Decision was 3 days ago'. */
export function decisionSentence(days: number | null | undefined): string {
  if (days === null || days === undefined) return 'No decision date';
  if (days === 0) return 'Decision today';
  const size = Math.abs(days);
  const text = `${size} ${size === 1 ? 'day' : 'days'}`;
  return days > 0 ? `Decision in ${text}` : `Decision was ${text} ago`;
}
