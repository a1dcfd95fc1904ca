export const sessionCookie = 'tenure_session';

/** What a request shows to say who sends it. */
export type Credential =
  | { readonly kind: 'session'; readonly secret: string }
  | { readonly kind: 'key'; readonly secret: string }
  | { readonly kind: 'none' };

/** A bearer token goes before the cookie: a program that sends one means it, and the rule against forged writes is the cookie's. */
export function readCredential(authorization: string | undefined, cookie: string | undefined): Credential {
  if (authorization !== undefined) {
    const secret = /^bearer +(\S+) *$/i.exec(authorization)?.[1];
    return { kind: 'key', secret: secret ?? '' };
  }
  const secret = cookieValue(cookie ?? '', sessionCookie);
  return secret ? { kind: 'session', secret } : { kind: 'none' };
}

function cookieValue(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** How the browser keeps the session: out of reach of scripts, never sent by a foreign page's writes. */
export function cookieHeader(
  secret: string,
  options: { readonly secure: boolean; readonly maxAgeSeconds: number },
): string {
  const parts = [
    `${sessionCookie}=${secret}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    `Max-Age=${options.maxAgeSeconds}`,
  ];
  return [...parts, ...(options.secure ? ['Secure'] : [])].join('; ');
}
