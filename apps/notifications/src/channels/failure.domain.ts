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

/** By its fields, not its class: an abort's reason is a DOMException, which not everywhere is an Error of ours. */
function wordsOf(error: unknown, depth = 0): string {
  if (typeof error !== 'object' || error === null || depth > 3) return 'The attempt failed.';
  const { name, message, code, cause } = error as Record<string, unknown>;
  if (name === 'RefusedAddress') return String(message);
  if (name === 'TimeoutError' || name === 'AbortError') return words['ETIMEDOUT'] ?? '';
  return words[String(code)] ?? wordsOf(cause, depth + 1);
}
