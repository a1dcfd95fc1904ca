import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';

/** A long look at every account, as `GET /api/v1/studies/{id}` gives it. */
export interface Study<Result, Question = object> {
  studyId: string;
  question: Question;
  state: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed';
  askedBy: string;
  askedAt: string;
  done: number;
  total: number;
  result: (Result & { error?: string }) | null;
}

export const isEnded = (study: { state: string }): boolean => !['waiting', 'running'].includes(study.state);

/** Asked again until it has ended. */
export const studyQuery = <Result, Question = object>(studyId: string) =>
  queryOptions({
    queryKey: ['studies', studyId],
    queryFn: ({ signal }) => api.get<Study<Result, Question>>(`/studies/${studyId}`, {}, signal),
    refetchInterval: ({ state }) => (state.data && isEnded(state.data) ? false : 700),
  });

export const studiesQuery = (kind: string) =>
  queryOptions({
    queryKey: ['studies', 'of', kind],
    queryFn: ({ signal }) => api.get<{ items: Study<never, { subject?: string }>[] }>('/studies', { kind }, signal),
  });
