/** Where and as whom to send. */
export interface Door {
  /** Ingestion's address, of one of its processes. */
  readonly url: string;
  readonly writeKey: string;
}

/** An answer with its time; `body` as text. */
export interface Posted {
  readonly status: number;
  readonly retryAfterS: number;
  readonly ms: number;
  readonly body: string;
}

/** Sends a body to ingestion with the write key. Throws where the connection breaks. */
export async function post(
  { url, writeKey }: Door,
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Posted> {
  const begun = performance.now();
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${writeKey}:`)}`, ...headers },
    body,
  });
  const text = await answer.text();
  const retryAfterS = Number(answer.headers.get('retry-after'));
  return { status: answer.status, retryAfterS, ms: Math.round(performance.now() - begun), body: text };
}
