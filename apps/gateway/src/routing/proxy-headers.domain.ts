/** Headers as Node gives and takes them. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** RFC 9110, 7.6.1: they speak about one connection and must not travel on. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);

/**
 * A caller's credentials end at the gateway, and who or where a caller is is ours to say. So is how long the body is: one
 * that is not passed on (a GET's) but announced would have the service take the next request on the connection for it.
 */
const ours = new Set([
  'host',
  'expect',
  'authorization',
  'content-length',
  'cookie',
  'forwarded',
  'x-real-ip',
  'tenantid',
]);
const ourPrefixes = ['x-tenure-', 'x-forwarded-'];

/** What the gateway says about a request that it passes on. */
export interface Forwarding {
  readonly token: string;
  readonly clientAddress: string;
  readonly publicHost: string;
}

/** The headers of a request on its way to a service: the caller's, without those of one hop and those of identity. */
export function toServiceHeaders(headers: Headers, forwarding: Forwarding): Record<string, string | readonly string[]> {
  const kept = Object.entries(withoutHops(headers)).filter(
    ([name]) => !ours.has(name) && !ourPrefixes.some((prefix) => name.startsWith(prefix)),
  );
  return {
    ...Object.fromEntries(kept),
    authorization: `Bearer ${forwarding.token}`,
    'x-forwarded-for': forwarding.clientAddress,
    'x-forwarded-host': forwarding.publicHost,
  };
}

/** The headers of an answer on its way to the caller; limits are the gateway's to tell, cookies too. */
export function toCallerHeaders(headers: Headers): Record<string, string | readonly string[]> {
  const kept = Object.entries(withoutHops(headers)).filter(
    ([name]) => !name.startsWith('ratelimit-') && name !== 'set-cookie' && name !== 'server',
  );
  return Object.fromEntries(kept);
}

function withoutHops(headers: Headers): Record<string, string | readonly string[]> {
  const named = new Set(
    String(headers['connection'] ?? '')
      .toLowerCase()
      .split(/\s*,\s*/),
  );
  const result: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (value !== undefined && !hopByHop.has(lower) && !named.has(lower)) result[lower] = value;
  }
  return result;
}
