import type { RiskAlert } from '@tenure/contracts';
import { alertWords } from './alert-words.domain';
import { cut, escapeSlack } from './plain-text.domain';

interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  readonly emoji: false;
}

interface Markup {
  readonly type: 'mrkdwn';
  readonly text: string;
  readonly verbatim: true;
}

export type SlackBlock =
  | { readonly type: 'header'; readonly text: PlainText }
  | { readonly type: 'section'; readonly text?: PlainText | Markup; readonly fields?: readonly PlainText[] };

/** The body for an incoming webhook: blocks, and the text for notifications and clients without blocks. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

const mostHeader = 150;
const mostText = 3_000;
const mostField = 2_000;

/**
 * An alert in Block Kit. Foreign text stands in plain-text objects only, where no markup is read, and is escaped all the
 * same; the one piece of markup is our own link.
 */
export function slackMessage(alert: RiskAlert, consoleUrl: string): SlackMessage {
  const words = alertWords(alert, consoleUrl);
  const more = [...words.evidence.map((line) => `• ${line}`), ...(words.action ? [`Next: ${words.action}`] : [])];
  const blocks: SlackBlock[] = [
    { type: 'header', text: plain(words.headline, mostHeader) },
    { type: 'section', text: plain(words.summary, mostText) },
    { type: 'section', fields: words.facts.map(([label, value]) => plain(`${label}: ${value}`, mostField)) },
    ...(more.length > 0 ? [{ type: 'section', text: plain(more.join('\n'), mostText) } as const] : []),
    ...(words.link ? [{ type: 'section', text: link(words.link) } as const] : []),
  ];
  return { text: cutEscaped(`${words.headline}. ${words.summary}`, 1_000), blocks };
}

const plain = (text: string, most: number): PlainText => ({
  type: 'plain_text',
  text: cutEscaped(text, most),
  emoji: false,
});

const link = (address: string): Markup => ({
  type: 'mrkdwn',
  text: `<${address.replaceAll('&', '&amp;')}|Open in Tenure>`,
  verbatim: true,
});

/** Escaping makes text longer, so what is cut is the text before it; no entity is ever cut in half. */
function cutEscaped(text: string, most: number): string {
  let length = most;
  let escaped = escapeSlack(cut(text, length));
  while (escaped.length > most) {
    length -= Math.max(1, Math.ceil((escaped.length - most) / 5));
    escaped = escapeSlack(cut(text, length));
  }
  return escaped;
}
