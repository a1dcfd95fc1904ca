import { setTimeout as wait } from 'node:timers/promises';
import type { ApiClient } from '../api/api.client';
import { Failure } from '../terminal/failure.domain';

interface Study<Result> {
  readonly studyId: string;
  readonly state: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed';
  readonly done: number;
  readonly total: number;
  readonly result: (Result & { readonly error?: string }) | null;
}

const lookAgainMs = 500;

/** Asks for a study at `path` and waits for its answer, saying how far it is. Ctrl-C on this side leaves it running there. */
export async function answerOf<Result>(
  api: ApiClient,
  path: string,
  question: object,
  told: (text: string) => void,
): Promise<Result> {
  const { studyId } = await api.post<Study<Result>>(path, question);
  let said = '';
  for (;;) {
    const study = await api.get<Study<Result>>(`/api/v1/studies/${studyId}`);
    if (study.state === 'done' && study.result) return study.result;
    if (study.state === 'failed' || study.state === 'cancelled')
      throw new Failure(study.result?.error ?? `The study was ${study.state}.`);
    const text = `${study.done} of ${study.total} accounts`;
    if (text !== said && study.total > 0) told(text);
    said = text;
    await wait(lookAgainMs);
  }
}
