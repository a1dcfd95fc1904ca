/**
 * A CloudEvents 1.0 event in structured JSON, as it stands in a record's value. Instants are ISO 8601 in UTC.
 * An event's identity is (tenantid, source, id).
 */
export interface Envelope<T = unknown> {
  specversion: '1.0';
  id: string;
  /** Who says it: `/sources/{sourceId}` for input, `/services/{service}` for what the services publish. */
  source: string;
  /** `tenure.<entity>.<past tense>.v<major>` */
  type: string;
  /** The account's id; for events of a tenant or a source `tenant` and `source/{sourceId}`. */
  subject: string;
  /** When it happened. */
  time: string;
  tenantid: string;
  /** `${tenantid}:${subject}`, equal to the record's key. */
  partitionkey: string;
  /** When Tenure got it. */
  receivedat: string;
  /** Set on history from an import: when the sender could have known it. */
  knownat?: string;
  /** When it happened by the sender's own clock, where that is known and is not `time`. */
  originaltime?: string;
  /** When it was sent, by the sender's own clock. */
  senttime?: string;
  /** The order that the sender's system gave it, where it has one. */
  sequence?: string;
  traceparent?: string;
  datacontenttype: 'application/json';
  data: T;
}
