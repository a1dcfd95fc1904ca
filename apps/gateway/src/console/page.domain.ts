/** What a path of the console's origin stands for. */
export type Page =
  { readonly kind: 'file'; readonly file: string } | { readonly kind: 'app' } | { readonly kind: 'none' };

const reserved = /^\/(api|operator|\.well-known|health|metrics)(\/|$)/;

/**
 * A path with an ending is a file; one without is a place inside the console, which its own router finds. Paths of the
 * API are never answered with a page, so that a wrong address is a 404 there and not a puzzle.
 */
export function pageFor(path: string): Page {
  const plain = decoded(path);
  if (plain === undefined || reserved.test(plain) || /[\\\0]/.test(plain) || plain.split('/').some(isHidden)) {
    return { kind: 'none' };
  }
  if (plain === '/' || plain === '/index.html') return { kind: 'app' };
  return /\.[a-z0-9]+$/i.test(plain) ? { kind: 'file', file: plain.slice(1) } : { kind: 'app' };
}

/** Vite puts a hash into the names of its assets: they never change. Everything else is asked for each time. */
export function cacheControl(file: string): string {
  return file.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/**
 * Scripts only from our own files, nothing inline, nothing from elsewhere, no frames. Styles may be inline because the
 * console's component library sets sizes and colours on elements.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** `.`, `..`, and files whose name begins with a dot. */
function isHidden(segment: string): boolean {
  return segment.startsWith('.');
}
