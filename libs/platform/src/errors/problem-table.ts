/** What a consumer does with a message that ended in this error. */
export type Disposition = 'retry' | 'dead-letter';

export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly disposition: Disposition;
}

/** The one table of errors: code → HTTP status and title at the door, retry or dead letter in a consumer. */
export const problemKinds = {
  invalid: { status: 400, title: 'The request is not valid', disposition: 'dead-letter' },
  unauthenticated: { status: 401, title: 'You are not signed in', disposition: 'dead-letter' },
  forbidden: { status: 403, title: 'You may not do this', disposition: 'dead-letter' },
  'not-found': { status: 404, title: 'There is no such thing', disposition: 'dead-letter' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here', disposition: 'dead-letter' },
  timeout: { status: 408, title: 'The request took too long', disposition: 'retry' },
  conflict: { status: 409, title: 'The request conflicts with the present state', disposition: 'dead-letter' },
  'idempotency-conflict': { status: 409, title: 'The Idempotency-Key was used otherwise', disposition: 'dead-letter' },
  gone: { status: 410, title: 'This is no longer there', disposition: 'dead-letter' },
  'too-large': { status: 413, title: 'The body is too large', disposition: 'dead-letter' },
  unsupported: { status: 415, title: 'The media type is not supported', disposition: 'dead-letter' },
  unprocessable: { status: 422, title: 'The request cannot be carried out', disposition: 'dead-letter' },
  limited: { status: 429, title: 'Too many requests', disposition: 'retry' },
  internal: { status: 500, title: 'Something went wrong on our side', disposition: 'dead-letter' },
  'bad-gateway': { status: 502, title: 'A service behind us gave no usable answer', disposition: 'retry' },
  unavailable: { status: 503, title: 'The service cannot answer for the moment', disposition: 'retry' },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problemKinds;

/** The code that stands for an HTTP status of the 4xx and 5xx ranges. */
export function codeOfStatus(status: number): ProblemCode {
  const exact = Object.entries(problemKinds).find(([, kind]) => kind.status === status);
  if (exact) return exact[0] as ProblemCode;
  return status >= 500 ? 'internal' : 'invalid';
}
