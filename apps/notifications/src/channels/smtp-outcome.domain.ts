import type { Outcome } from '../deliveries/delivery.domain';

/**
 * What a mail server's refusal means: 4xx (greylisting, a full mailbox) is tried again; 5xx for the address means that
 * nobody is there; 5xx for the text means that this text never gets through. The server's own words are not kept.
 */
export function smtpOutcome(error: unknown): Outcome | null {
  const { code, responseCode } = fieldsOf(error);
  if (responseCode === null) return null;
  const status = responseCode;
  if (status < 500 || code === 'EAUTH')
    return { result: 'retry', status, detail: `The mail server answered ${status}; it will be tried again.` };
  if (code === 'EENVELOPE')
    return { result: 'gone', status, detail: `The mail server answered ${status}: it does not take this address.` };
  return { result: 'refused', status, detail: `The mail server answered ${status}: it does not take this message.` };
}

function fieldsOf(error: unknown): { code: string | null; responseCode: number | null } {
  if (!(error instanceof Error)) return { code: null, responseCode: null };
  const { code, responseCode } = error as Error & { code?: unknown; responseCode?: unknown };
  return {
    code: typeof code === 'string' ? code : null,
    responseCode: typeof responseCode === 'number' && responseCode > 0 ? responseCode : null,
  };
}
