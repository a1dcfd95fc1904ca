import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** What a vendor puts beside a body so that it is believed. */
export interface WebhookToSign {
  /** The address as the vendor knows it. */
  readonly url: string;
  readonly secret: string;
  readonly body: string;
  /** When the vendor signs. */
  readonly at: Date;
  /** For vendors that name the delivery in a header. */
  readonly id?: string;
}

type Sign = (what: WebhookToSign) => Record<string, string>;

const hmac = (hash: 'sha1' | 'sha256', key: string, message: string, encoding: 'hex' | 'base64') =>
  createHmac(hash, key).update(message, 'utf8').digest(encoding);

const seconds = (at: Date) => String(Math.floor(at.getTime() / 1_000));

const standard: Sign = ({ secret, body, at, id = 'msg_1' }) => ({
  'webhook-id': id,
  'webhook-timestamp': seconds(at),
  'webhook-signature': new Webhook(secret).sign(id, at, body),
});

const sharedSecret: Sign = ({ secret }) => ({ 'x-tenure-secret': secret });

/** Each vendor's signature as its documentation writes it down, apart from the code that verifies them. */
const signers = {
  zendesk: ({ secret, body, at, id = 'inv-1' }) => ({
    'x-zendesk-webhook-id': '01F1KRFQ6BG29CNWFR60NK5FNY',
    'x-zendesk-webhook-invocation-id': id,
    'x-zendesk-webhook-signature-timestamp': at.toISOString(),
    'x-zendesk-webhook-signature': hmac('sha256', secret, at.toISOString() + body, 'base64'),
  }),
  intercom: ({ secret, body }) => ({ 'x-hub-signature': `sha1=${hmac('sha1', secret, body, 'hex')}` }),
  jira: ({ secret, body, id = '5f2c' }) => ({
    'x-atlassian-webhook-identifier': id,
    'x-hub-signature': `sha256=${hmac('sha256', secret, body, 'hex')}`,
  }),
  freshdesk: sharedSecret,
  salesforce: ({ secret }) => ({ authorization: `Bearer ${secret}` }),
  hubspot: ({ url, secret, body, at }) => ({
    'x-hubspot-request-timestamp': String(at.getTime()),
    'x-hubspot-signature-v3': hmac('sha256', secret, `POST${url}${body}${at.getTime()}`, 'base64'),
  }),
  formbricks: standard,
  typeform: ({ secret, body }) => ({ 'typeform-signature': `sha256=${hmac('sha256', secret, body, 'base64')}` }),
  delighted: ({ secret, body }) => ({
    'x-delighted-webhook-signature': `sha256=${hmac('sha256', secret, body, 'hex')}`,
  }),
  surveymonkey: ({ secret, body }) => ({
    'sm-apikey': secret.split('&')[0] ?? '',
    'sm-signature': hmac('sha1', secret, body, 'base64'),
  }),
  stripe: ({ secret, body, at }) => ({
    'stripe-signature': `t=${seconds(at)},v1=${hmac('sha256', secret, `${seconds(at)}.${body}`, 'hex')},v0=6ffb`,
  }),
  standard,
} as const satisfies Record<string, Sign>;

export type SigningVendor = keyof typeof signers;

/** The headers with which `vendor` would send this body. */
export const signWebhook = (vendor: SigningVendor, what: WebhookToSign): Record<string, string> =>
  signers[vendor](what);
