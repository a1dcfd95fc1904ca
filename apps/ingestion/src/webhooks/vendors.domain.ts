import type { WebhookVendor } from '@tenure/contracts';

import type { Scheme, VendorRow } from './scheme.domain';

const fiveMinutes = 300;
/** Where only the body tells a time: longer than these vendors go on trying. What is older is no retry. */
const threeDays = 3 * 86_400;

/** What most rows say. */
const signed = {
  algorithm: 'sha256',
  encoding: 'hex',
  message: '{body}',
  time: null,
  toleranceS: threeDays,
  delivery: null,
  secretBytes: 'utf8',
} as const;

/** https://www.standardwebhooks.com */
const standardWebhooks: Scheme = {
  ...signed,
  encoding: 'base64',
  signature: [{ header: 'webhook-signature', separator: ' ', prefix: 'v1,' }],
  message: '{id}.{timestamp}.{body}',
  time: { in: 'header', header: 'webhook-timestamp', unit: 's' },
  toleranceS: fiveMinutes,
  delivery: { in: 'header', header: 'webhook-id' },
  secretBytes: 'whsec',
};

/** For what cannot sign. Who could send a request again knows the secret anyway, so there is no time to check. */
const secretInHeader: Scheme = {
  ...signed,
  algorithm: 'shared-secret',
  encoding: 'text',
  signature: [{ header: 'x-tenure-secret' }, { header: 'authorization', prefix: 'Bearer ' }],
};

/** Everything that differs between vendors in proving who they are. */
export const vendorTable: Readonly<Record<WebhookVendor, VendorRow>> = {
  zendesk: {
    name: 'Zendesk',
    secretFrom: 'vendor',
    secretCalled: 'signing secret',
    typePointer: '/type',
    invocationHeader: 'x-zendesk-webhook-invocation-id',
    scheme: {
      ...signed,
      encoding: 'base64',
      signature: [{ header: 'x-zendesk-webhook-signature' }],
      message: '{timestamp}{body}',
      time: { in: 'header', header: 'x-zendesk-webhook-signature-timestamp', unit: 'iso' },
      toleranceS: fiveMinutes,
      delivery: { in: 'body', pointer: '/id' },
    },
  },
  intercom: {
    name: 'Intercom',
    secretFrom: 'vendor',
    secretCalled: 'client secret of the app',
    typePointer: '/topic',
    scheme: {
      ...signed,
      algorithm: 'sha1',
      signature: [{ header: 'x-hub-signature', prefix: 'sha1=' }],
      time: { in: 'body', pointers: ['/created_at'] },
      delivery: { in: 'body', pointer: '/id' },
    },
  },
  jira: {
    name: 'Jira Service Management',
    secretFrom: 'tenure',
    secretCalled: 'secret',
    typePointer: '/webhookEvent',
    scheme: {
      ...signed,
      signature: [{ header: 'x-hub-signature', prefix: 'sha256=' }],
      time: { in: 'body', pointers: ['/timestamp'] },
    },
  },
  freshdesk: {
    name: 'Freshdesk',
    secretFrom: 'tenure',
    secretCalled: 'value of the header X-Tenure-Secret',
    typePointer: '/event',
    // Its bodies have no id and no time: the same one again is a retry for minutes, and later a new change.
    rememberS: 600,
    scheme: secretInHeader,
  },
  salesforce: {
    name: 'Salesforce (change data capture)',
    secretFrom: 'tenure',
    secretCalled: 'value of the header X-Tenure-Secret, or bearer token',
    typePointer: null,
    scheme: secretInHeader,
  },
  hubspot: {
    name: 'HubSpot',
    secretFrom: 'vendor',
    secretCalled: 'client secret of the app',
    typePointer: '/subscriptionType',
    scheme: {
      ...signed,
      encoding: 'base64',
      signature: [{ header: 'x-hubspot-signature-v3' }],
      message: '{method}{url}{body}{timestamp}',
      time: { in: 'header', header: 'x-hubspot-request-timestamp', unit: 'ms' },
      toleranceS: fiveMinutes,
    },
  },
  formbricks: {
    name: 'Formbricks',
    secretFrom: 'vendor',
    secretCalled: 'signing secret (whsec_…)',
    typePointer: '/event',
    scheme: standardWebhooks,
  },
  typeform: {
    name: 'Typeform',
    secretFrom: 'tenure',
    secretCalled: 'secret',
    typePointer: '/event_type',
    scheme: {
      ...signed,
      encoding: 'base64',
      signature: [{ header: 'typeform-signature', prefix: 'sha256=' }],
      time: { in: 'body', pointers: ['/form_response/submitted_at'] },
      delivery: { in: 'body', pointer: '/event_id' },
    },
  },
  delighted: {
    name: 'Delighted',
    secretFrom: 'vendor',
    secretCalled: 'API key',
    typePointer: '/event_type',
    scheme: {
      ...signed,
      signature: [{ header: 'x-delighted-webhook-signature', prefix: 'sha256=' }],
      time: { in: 'body', pointers: ['/event_data/updated_at', '/event_data/created_at'] },
      delivery: { in: 'body', pointer: '/event_id' },
    },
  },
  surveymonkey: {
    name: 'SurveyMonkey',
    secretFrom: 'vendor',
    secretCalled: 'client id and secret of the app, written id&secret',
    typePointer: '/event_type',
    scheme: {
      ...signed,
      algorithm: 'sha1',
      encoding: 'base64',
      signature: [{ header: 'sm-signature' }],
      time: { in: 'body', pointers: ['/event_datetime'] },
      delivery: { in: 'body', pointer: '/event_id' },
    },
  },
  stripe: {
    name: 'Stripe',
    secretFrom: 'vendor',
    secretCalled: 'signing secret of the endpoint (whsec_…)',
    typePointer: '/type',
    scheme: {
      ...signed,
      signature: [{ header: 'stripe-signature', separator: ',', prefix: 'v1=' }],
      message: '{timestamp}.{body}',
      time: { in: 'header', header: 'stripe-signature', separator: ',', prefix: 't=', unit: 's' },
      toleranceS: fiveMinutes,
      delivery: { in: 'body', pointer: '/id' },
    },
  },
  standard: {
    name: 'Standard Webhooks',
    secretFrom: 'tenure',
    secretCalled: 'secret (whsec_…)',
    typePointer: '/type',
    scheme: standardWebhooks,
  },
};
