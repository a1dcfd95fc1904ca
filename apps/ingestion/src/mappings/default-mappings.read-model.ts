import type { WebhookVendor } from '@tenure/contracts';

import delighted from './defaults/delighted.json';
import formbricks from './defaults/formbricks.json';
import freshdesk from './defaults/freshdesk.json';
import hubspot from './defaults/hubspot.json';
import intercom from './defaults/intercom.json';
import jira from './defaults/jira.json';
import salesforce from './defaults/salesforce.json';
import standard from './defaults/standard.json';
import stripe from './defaults/stripe.json';
import surveymonkey from './defaults/surveymonkey.json';
import typeform from './defaults/typeform.json';
import zendesk from './defaults/zendesk.json';
import type { Mapping } from './mapping.domain';

const documents = {
  delighted,
  formbricks,
  freshdesk,
  hubspot,
  intercom,
  jira,
  salesforce,
  standard,
  stripe,
  surveymonkey,
  typeform,
  zendesk,
} as const;

/** The mapping that a vendor's sources have until somebody changes it. A spec holds each of them to `checkMapping`. */
export const defaultMapping = (vendor: WebhookVendor): Mapping => documents[vendor] as unknown as Mapping;
