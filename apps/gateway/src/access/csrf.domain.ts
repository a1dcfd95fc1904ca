/** What of a request tells whether our own page sent it. */
export interface RequestMarks {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`, which browsers set and pages cannot. */
  readonly fetchSite: string | undefined;
  /** `x-tenure-csrf`, which a foreign page cannot set without a preflight that we never grant. */
  readonly csrfHeader: string | undefined;
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** True where the request comes from our own origin, one the operator allows, or no browser at all. */
export function isOwnOrigin(marks: RequestMarks, allowedOrigins: readonly string[]): boolean {
  if (marks.origin !== undefined) return allowedOrigins.includes(marks.origin) || isHost(marks.origin, marks.host);
  return marks.fetchSite === undefined || marks.fetchSite === 'same-origin' || marks.fetchSite === 'none';
}

/** A request that a browser's cookie authenticates may write only with the custom header and from an own origin. */
export function mayUseCookie(marks: RequestMarks, allowedOrigins: readonly string[]): boolean {
  if (safeMethods.has(marks.method.toUpperCase())) return true;
  return marks.csrfHeader === '1' && isOwnOrigin(marks, allowedOrigins);
}

/** The scheme is left out: behind a proxy that ends TLS, the browser's is https and ours is http. */
function isHost(origin: string, host: string | undefined): boolean {
  return host !== undefined && origin.replace(/^https?:\/\//, '') === host;
}
