import { setTimeout as wait } from 'node:timers/promises';

export interface PostRequest {
  readonly url: string;
  readonly body: string;
  readonly contentType: string;
  readonly authorization: string;
}

export interface RetryLimits {
  /** Gives up this long after the first attempt; Infinity keeps trying. */
  readonly giveUpAfterMs: number;
  readonly signal?: AbortSignal;
}

/** An answer that no retry will change. */
export class RefusedError extends Error {
  constructor(
    readonly status: number,
    readonly answer: string,
    url: string,
  ) {
    super(`${url} answered ${status}: ${answer.slice(0, 300)}`);
  }
}

const firstPauseMs = 250;
const longestPauseMs = 10_000;
const attemptTimeoutMs = 60_000;

/**
 * Posts until a final answer is there: the same body again after a network error, 408, 429 and every 5xx, after the time that
 * `Retry-After` asks for, else after a doubling pause. Throws RefusedError on other answers that are not 2xx.
 */
export async function retryingPost(request: PostRequest, limits: RetryLimits): Promise<string> {
  const deadline = Date.now() + limits.giveUpAfterMs;
  for (let attempt = 0; ; attempt += 1) {
    const { answer, problem, retryAfterMs } = await postOnce(request, limits.signal);
    if (answer !== undefined) return answer;
    const pause = retryAfterMs ?? Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempt, 8));
    if (Date.now() + pause > deadline) throw new Error(`gave up on ${request.url}: ${problem}`);
    await wait(pause, undefined, limits.signal ? { signal: limits.signal } : {});
  }
}

interface Attempt {
  readonly answer?: string;
  readonly problem?: string;
  readonly retryAfterMs?: number;
}

async function postOnce(request: PostRequest, stop: AbortSignal | undefined): Promise<Attempt> {
  const { url, body, contentType, authorization } = request;
  const timeout = AbortSignal.timeout(attemptTimeoutMs);
  try {
    const headers = { 'content-type': contentType, authorization };
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      signal: stop ? AbortSignal.any([stop, timeout]) : timeout,
    });
    const text = await response.text();
    if (response.ok) return { answer: text };
    if (response.status !== 408 && response.status !== 429 && response.status < 500) {
      throw new RefusedError(response.status, text, url);
    }
    const seconds = Number(response.headers.get('retry-after'));
    const problem = `${response.status} ${text.slice(0, 200)}`;
    return seconds > 0 ? { problem, retryAfterMs: Math.min(seconds, 60) * 1000 } : { problem };
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    return { problem: causes(error) };
  }
}

/** `fetch failed` alone says nothing: the reason is its cause. */
function causes(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
