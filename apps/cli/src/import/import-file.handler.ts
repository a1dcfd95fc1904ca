import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, refusal } from '../api/api.client';
import { Failure, messageOf } from '../terminal/failure.domain';
import { type ImportJob, importPath, type ImportOptions, progressLine } from './import-report.domain';
import { download, upload, type UploadAnswer } from './upload.client';

const attempts = 6;
const progressMs = 2_000;

/** What the handler needs of its surroundings. */
export interface ImportCall {
  readonly url: string;
  readonly token: string;
  readonly api: ApiClient;
  readonly note: (text: string) => void;
}

/** The source that is named; else the open one for files, else a new one. */
export async function sourceFor(call: ImportCall, named: string | undefined): Promise<string> {
  if (named !== undefined) return named;
  const { items } = await call.api.get<{ items: { id: string; kind: string; mode: string; state: string }[] }>(
    '/api/v1/sources',
  );
  const open = items.find(({ kind, mode, state }) => kind === 'csv' && mode === 'import' && state === 'active');
  if (open) return open.id;
  const body = { name: 'CSV import', kind: 'csv', mode: 'import' };
  const made = await call.api.post<{ source: { id: string } }>('/api/v1/sources', body);
  call.note(`Made the source ${made.source.id} for it.`);
  return made.source.id;
}

/**
 * Sends a file and tells how far it is. What breaks off goes on where it was, a few times by itself.
 * @throws Failure with the id to go on with
 */
export async function importFile(
  call: ImportCall,
  kind: string,
  file: string,
  sourceId: string,
  options: ImportOptions & { readonly resume?: string },
): Promise<ImportJob> {
  const importId = options.resume ?? randomUUID();
  const path = importPath(kind, sourceId, importId, file, options);
  const done = new AbortController();
  void watch(call, importId, done.signal);
  try {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await upload(new URL(path, call.url), call.token, file).catch((error: unknown) => error);
      if (isAnswer(answer) && answer.status === 200) return JSON.parse(answer.text) as ImportJob;
      const again = file !== '-' && attempt < attempts && mayGoOn(answer);
      if (!again) throw failureOf(answer, importId);
      call.note(
        `Broken off; it goes on in ${attempt * 2} seconds. ${isAnswer(answer) ? refusal(answer.status, answer.text) : messageOf(answer)}`,
      );
      await sleep(attempt * 2_000);
    }
  } finally {
    done.abort();
  }
}

/** Writes the refused rows to a file. */
export async function saveErrors(call: ImportCall, importId: string, path: string): Promise<void> {
  const body = await download(new URL(`/api/v1/imports/${importId}/errors`, call.url), call.token);
  await pipeline(Readable.from(body), createWriteStream(path)).catch((error: unknown) => {
    throw new Failure(`${path} cannot be written: ${messageOf(error)}`);
  });
}

const isAnswer = (value: unknown): value is UploadAnswer =>
  typeof value === 'object' && value !== null && 'status' in value && 'text' in value;

/** A server that was away, or a connection that broke. 409 right after a break: the old reading has not ended yet. */
function mayGoOn(answer: unknown): boolean {
  if (answer instanceof Failure) return !answer.message.includes('cannot be read');
  return isAnswer(answer) && [429, 502, 503, 504].includes(answer.status);
}

function failureOf(answer: unknown, importId: string): unknown {
  if (!isAnswer(answer)) return answer;
  const way = answer.status >= 500 ? `\nGo on with: --resume ${importId}` : '';
  return new Failure(`${refusal(answer.status, answer.text)}${way}`);
}

async function watch(call: ImportCall, importId: string, signal: AbortSignal): Promise<void> {
  let told = '';
  for (;;) {
    await sleep(progressMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const job = await call.api.get<ImportJob>(`/api/v1/imports/${importId}`).catch(() => undefined);
    const line = job && job.state === 'running' ? progressLine(job) : '';
    if (line !== '' && line !== told && !signal.aborted) call.note(line);
    told = line;
  }
}
