import type { Outcome } from '../deliveries/delivery.domain';

/** Codes of the network, in words; the error's own text may hold addresses of ours. */
const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The receiver refuses connections.',
  ECONNRESET: 'The receiver dropped the connection.',
  UND_ERR_SOCKET: 'The receiver dropped the connection.',
  EPIPE: 'The receiver dropped the connection.',
  ENOTFOUND: 'The name of the receiver is not known.',
  EAI_AGAIN: 'The name of the receiver could not be looked up.',
  ETIMEDOUT: 'The receiver did not answer in time.',
  EHOSTUNREACH: 'The receiver cannot be reached.',
  ENETUNREACH: 'The receiver cannot be reached.',
  UND_ERR_CONNECT_TIMEOUT: 'The receiver did not answer in time.',
  UND_ERR_HEADERS_TIMEOUT: 'The receiver did not answer in time.',
  UND_ERR_BODY_TIMEOUT: 'The receiver did not answer in time.',
  UND_ERR_HEADERS_OVERFLOW: 'The answer has too many headers.',
  HPE_HEADER_OVERFLOW: 'The answer has too many headers.',
  CERT_HAS_EXPIRED: 'The certificate of the receiver has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate of the receiver is not trusted.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate of the receiver is not trusted.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The certificate of the receiver is not trusted.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of the receiver is for another name.',
};

/** An attempt that ended without an answer. */
export function failureOutcome(error: unknown): Outcome {
  return { result: 'retry', status: null, detail: wordsOf(error) };
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return 'The attempt failed.';
  if (error.name === 'RefusedAddress' || error.constructor.name === 'RefusedAddress') return error.message;
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'The receiver did not answer in time.';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return words[code] ?? (error.cause instanceof Error ? wordsOf(error.cause) : 'The attempt failed.');
}
