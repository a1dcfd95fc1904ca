import type { AlertChange, RiskAlert } from '@tenure/contracts';
import type { GroupedAlert } from '../alerts/routing.domain';
import { linkable, oneLine } from './plain-text.domain';

const beginnings: Partial<Record<AlertChange, string>> = {
  opened: 'New risk',
  escalated: 'Risk got worse',
  resolved: 'Risk resolved',
};

const mostLine = 150;
const mostEvidence = 5;

/** What people are told about an alert: foreign text in it is one line each, and not yet escaped for any channel. */
export interface AlertWords {
  readonly headline: string;
  readonly summary: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly evidence: readonly string[];
  readonly action: string | null;
  /** The alert's page in the console, else the console. */
  readonly link: string | null;
}

export function alertWords(alert: GroupedAlert, consoleUrl: string): AlertWords {
  return {
    headline: headlineOf(alert),
    summary: oneLine(`${alert.summary}${togetherOf(alert)}`, 1_500),
    facts: factsOf(alert).map(([label, value]) => [label, oneLine(value, mostLine)]),
    evidence: alert.evidence.slice(0, mostEvidence).map(evidenceLine),
    action: alert.recommendedAction && oneLine(alert.recommendedAction, 500),
    link: linkable(alert.url) ?? linkable(consoleUrl),
  };
}

/** `usage-decline` → `Usage decline` */
export const signalName = (signal: string): string => capital(signal.replaceAll('-', ' '));

const mostNamed = 10;

/** The other accounts that one cause touches, in the one message about all of them. */
function togetherOf({ groupedWith = [], causeId }: GroupedAlert): string {
  if (groupedWith.length === 0) return '';
  const named = groupedWith.slice(0, mostNamed).map((name) => oneLine(name, 80));
  const more = groupedWith.length > mostNamed ? ` and ${groupedWith.length - mostNamed} more` : '';
  return `. The same at ${named.join(', ')}${more}, from one cause (${causeId ?? ''})`;
}

function headlineOf(alert: GroupedAlert): string {
  const others = alert.groupedWith?.length ?? 0;
  const more = others > 0 ? ` and ${others} more` : '';
  const account = `${oneLine(alert.accountName ?? alert.accountId, 80)}${more}`;
  const head = `${beginnings[alert.change] ?? 'Risk changed'}: ${account}, ${signalName(alert.signal).toLowerCase()}`;
  return oneLine(`${alert.test ? '[Test] ' : ''}${head} (${alert.severity})`, mostLine);
}

function factsOf(alert: RiskAlert): [string, string][] {
  const facts: [string, string | null][] = [
    ['Severity', alert.severity],
    ['ARR', moneyOf(alert.arr, alert.currency)],
    ['Decision', alert.decisionDate && `${alert.decisionDate}${daysOf(alert.daysToDecision)}`],
    ['Health', alert.score === null ? null : `${Math.round(alert.score)} (${alert.band ?? 'unknown'})`],
    ['Owner', alert.owner?.name ?? alert.owner?.email ?? null],
    ['Resolution', alert.change === 'resolved' ? (alert.resolution?.reason ?? null) : null],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== null && fact[1] !== '');
}

function evidenceLine(evidence: RiskAlert['evidence'][number]): string {
  const value = `${evidence.value ?? '–'}${evidence.unit ? ` ${evidence.unit}` : ''}`;
  const usual = evidence.baseline === null ? '' : `, usual ${evidence.baseline}`;
  const window = evidence.window ? ` (${evidence.window})` : '';
  return oneLine(`${evidence.label}: ${value}${usual}${window}`, mostLine);
}

/** 48000 EUR → `EUR 48,000` */
export function moneyOf(amount: number | null, currency: string | null): string | null {
  return amount === null ? null : `${currency ?? ''} ${amount.toLocaleString('en-US')}`.trim();
}

const daysOf = (days: number | null): string => (days === null ? '' : `, ${days} days away`);

const capital = (text: string): string => text.replace(/^./, (letter) => letter.toUpperCase());
