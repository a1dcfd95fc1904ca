import type { RiskAlert } from '@tenure/contracts';
import { alertWords, type AlertWords } from './alert-words.domain';
import { escapeHtml } from './plain-text.domain';

/** An e-mail before it has a sender. */
export interface Mail {
  readonly to: string;
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Stable over attempts, so that a mailbox that got it twice shows it once. */
  readonly messageId: string;
  /** Messages about the same thing stand together. */
  readonly references?: string;
  /** Where the reader switches it off. */
  readonly listUnsubscribe?: string;
}

/** An alert as e-mail, in text and HTML. */
export function alertMail(alert: RiskAlert, webhookId: string, to: string, consoleUrl: string): Mail {
  const words = alertWords(alert, consoleUrl);
  return {
    to,
    subject: words.headline,
    text: textOf(words),
    html: htmlOf(words),
    messageId: messageId(webhookId),
    references: messageId(`alert.${alert.alertId}`),
  };
}

/** `<id@tenure>` with nothing in it that could end the header. */
export const messageId = (id: string): string => `<${id.replaceAll(/[^A-Za-z0-9._-]/g, '_').slice(0, 200)}@tenure>`;

function textOf(words: AlertWords): string {
  const facts = words.facts.map(([label, value]) => `${label}: ${value}`);
  const evidence = words.evidence.map((line) => `- ${line}`);
  const parts = [
    [words.headline],
    [words.summary],
    facts,
    evidence,
    words.action ? [`Next: ${words.action}`] : [],
    words.link ? [words.link] : [],
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function htmlOf(words: AlertWords): string {
  const rows = words.facts.map(
    ([label, value]) => `<tr><td>${escapeHtml(label)}</td><td>${escapeHtml(value)}</td></tr>`,
  );
  const evidence = words.evidence.map((line) => `<li>${escapeHtml(line)}</li>`);
  return page(words.headline, [
    `<p>${escapeHtml(words.summary)}</p>`,
    `<table cellpadding="4">${rows.join('')}</table>`,
    evidence.length > 0 ? `<ul>${evidence.join('')}</ul>` : '',
    words.action ? `<p><strong>Next:</strong> ${escapeHtml(words.action)}</p>` : '',
    words.link ? `<p><a href="${escapeHtml(words.link)}">Open in Tenure</a></p>` : '',
  ]);
}

/** A whole HTML message. @param title plain text @param parts HTML */
export function page(title: string, parts: readonly string[]): string {
  const safe = escapeHtml(title);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${safe}</title></head><body style="font-family:sans-serif;max-width:40rem"><h2>${safe}</h2>${parts.join('')}</body></html>`;
}
