import { Failure, messageOf } from '../terminal/failure.domain';

export interface ApiTarget {
  readonly url: string;
  readonly token: string;
}

const timeoutMs = 30_000;

/** Calls an HTTP API of Tenure; what it refuses becomes a Failure with its own words. */
export class ApiClient {
  constructor(private readonly target: ApiTarget) {}

  get<T>(path: string): Promise<T> {
    return this.call('GET', path);
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.call('POST', path, body);
  }

  delete(path: string): Promise<void> {
    return this.call('DELETE', path);
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const url = new URL(path, this.target.url);
    const response = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${this.target.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((error: unknown) => {
      throw unreachable(url, error);
    });
    const text = await response.text();
    if (!response.ok) throw new Failure(refusal(response.status, text));
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}

export function unreachable(url: URL, error: unknown): Failure {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return new Failure(`${url.origin} does not answer: ${messageOf(cause)}`);
}

interface ProblemText {
  readonly detail?: string;
  readonly pointer?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** A problem (RFC 9457) as a sentence. */
export function refusal(status: number, text: string): string {
  try {
    const { detail, pointer, errors } = JSON.parse(text) as ProblemText;
    const places = (errors ?? []).map((error) => `\n  ${error.pointer}: ${error.detail}`).join('');
    if (detail) return `${detail}${pointer ? ` (${pointer})` : ''}${places}`;
  } catch {
    // Not JSON: something before the service answered.
  }
  return `The answer was HTTP ${status}.`;
}
