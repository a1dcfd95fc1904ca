import type { RiskAlert } from '@tenure/contracts';
import { sampleAlert } from '../destinations/sample-alert.domain';
import { alertMail } from './email-message.domain';
import { slackMessage } from './slack-message.domain';

const consoleUrl = 'http://localhost:4000';
const sample: RiskAlert = {
  ...sampleAlert('a-1', new Date('2026-03-02T10:00:00.000Z'), 'https://tenure.example/accounts/n?alert=a-1'),
  test: false,
  accountName: 'Nordwind GmbH',
  owner: { id: 'p-1', name: 'Ines Duarte', email: 'ines@acme.example' } as RiskAlert['owner'],
};

/** Texts that somebody put into an account's name, a ticket or a stakeholder. */
const attacks = [
  '<!channel> hello',
  '<!here>',
  '<!everyone>',
  '@channel',
  '@here @everyone',
  '<@U012345>',
  '<#C012345>',
  '<!subteam^S0123>',
  '<https://evil.example|Open in Tenure>',
  '*bold* _it_ ~no~ `code`',
  '&lt;!channel&gt;',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '{{7*7}} ${7*7} <%= 7*7 %>',
  'Name\r\nBcc: victim@example.com',
  'Name\nX-Evil: 1',
  'Name\r\n\r\n<html>body</html>',
  'Name\u2028Bcc: x@example.com',
  'Name\u0000\u0007\u001b[31m',
  '\u202egnp.exe',
  '\ud800 half',
  'x'.repeat(10_000),
  '&'.repeat(5_000),
  '<'.repeat(5_000),
  '😀'.repeat(3_000),
];

const attacked = (text: string): RiskAlert => ({
  ...sample,
  accountName: text,
  summary: text,
  recommendedAction: text,
  segment: text,
  owner: { ...sample.owner!, name: text },
  evidence: Array.from({ length: 100 }, () => ({ ...sample.evidence[0]!, label: text, window: text, value: text })),
});

describe('a Slack message', () => {
  it('tells who, what, how bad, and where to look', () => {
    const { text, blocks } = slackMessage(sample, consoleUrl);
    expect(text).toContain('New risk: Nordwind GmbH, usage decline (medium)');
    expect(blocks[0]).toMatchObject({ type: 'header', text: { type: 'plain_text' } });
    expect(JSON.stringify(blocks)).toContain('ARR: EUR 48,000');
    expect(JSON.stringify(blocks)).toContain('<https://tenure.example/accounts/n?alert=a-1|Open in Tenure>');
  });

  it.each(attacks.map((text) => [text.slice(0, 30), text]))(
    'reads no markup in %j, and keeps the limits',
    (_, text) => {
      const message = slackMessage(attacked(text), consoleUrl);
      const markup = message.blocks.filter((block) => block.type === 'section' && block.text?.type === 'mrkdwn');
      expect(markup).toHaveLength(1);
      const all = [
        message.text,
        ...message.blocks.flatMap((block) => textsOf(block)).filter((each) => !each.startsWith('<https://tenure')),
      ];
      for (const each of all) {
        expect(each).not.toMatch(/[<>]/);
        expect(each).not.toMatch(/@(channel|here|everyone)/i);
        expect(each).not.toMatch(/&(?!(amp|lt|gt);)/);
        expect(each.isWellFormed()).toBe(true);
        expect(each.length).toBeLessThanOrEqual(3_000);
      }
      expect(JSON.stringify(message).length).toBeLessThan(13_000);
    },
  );

  it('links only to http and https, and never out of the link', () => {
    const linkOf = (url: string) => JSON.stringify(slackMessage({ ...sample, url }, consoleUrl).blocks.at(-1));
    expect(linkOf('javascript:alert(1)')).toContain(`<${consoleUrl}/|Open in Tenure>`);
    expect(linkOf('https://tenure.example/a|Evil>x')).not.toContain('|Evil');
  });
});

describe('an e-mail', () => {
  const mail = (alert: RiskAlert) => alertMail(alert, 'a-1.1', 'ines@acme.example', consoleUrl);

  it('says the same in text and HTML', () => {
    const { subject, text, html, messageId } = mail(sample);
    expect(subject).toBe('New risk: Nordwind GmbH, usage decline (medium)');
    for (const part of [text, html])
      for (const word of ['11 people', 'EUR 48,000', 'Ines Duarte']) expect(part).toContain(word);
    expect(messageId).toBe('<a-1.1@tenure>');
  });

  it.each(attacks.map((text) => [text.slice(0, 30), text]))('lets %j neither into headers nor into HTML', (_, text) => {
    const alert = attacked(text);
    const made = alertMail({ ...alert, alertId: text }, text, 'ines@acme.example', consoleUrl);
    for (const header of [made.subject, made.messageId, made.references!]) {
      expect(header).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      expect(header.length).toBeLessThanOrEqual(250);
    }
    expect(made.html).not.toMatch(/<(script|img|html>body)/i);
    expect(made.html.match(/<a /g)).toHaveLength(1);
    expect(made.html).not.toMatch(/on(error|mouseover)=['"a]?alert\(1\)(?!&)[^&]*>/);
    expect(made.html.replaceAll(/<[^>]*>/g, '')).not.toMatch(/[<>]/);
    expect(made.html.length).toBeLessThan(30_000);
  });
});

function textsOf(block: ReturnType<typeof slackMessage>['blocks'][number]): string[] {
  if (block.type === 'header') return [block.text.text];
  return [...(block.text ? [block.text.text] : []), ...(block.fields ?? []).map((field) => field.text)];
}
