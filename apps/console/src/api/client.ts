import { toProblem } from './problem';

export type Query = Record<string, string | number | boolean | undefined | null>;

const listeners = new Set<() => void>();

/** Runs when the server says that nobody is signed in (any more). Returns the way to stop listening. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** `path` below /api/v1 with its query; empty values are left out. */
export function apiUrl(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return `/api/v1${path}${text ? `?${text}` : ''}`;
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function send(method: string, url: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  // A form on a foreign site cannot set this header: with the SameSite cookie it is the guard against forged writes.
  if (method !== 'GET') headers['x-tenure-csrf'] = '1';
  if (body !== undefined) headers['content-type'] = 'application/json';
  try {
    return await fetch(url, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw toProblem(0, null);
  }
}

async function call<T>(method: string, url: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await send(method, url, body, signal);
  const answer = await readBody(response);
  if (response.ok) return answer as T;
  if (response.status === 401 && !url.includes('/session')) for (const listener of listeners) listener();
  throw toProblem(response.status, answer);
}

/** The API of the gateway, in the browser's session. Every method rejects with a ProblemError. */
export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) => call<T>('GET', apiUrl(path, query), undefined, signal),
  post: <T>(path: string, body?: unknown) => call<T>('POST', apiUrl(path), body ?? {}),
  patch: <T>(path: string, body: unknown) => call<T>('PATCH', apiUrl(path), body),
  put: <T>(path: string, body: unknown) => call<T>('PUT', apiUrl(path), body),
  delete: <T>(path: string) => call<T>('DELETE', apiUrl(path)),
};
