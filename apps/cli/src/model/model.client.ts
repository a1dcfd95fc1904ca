import { setTimeout as wait } from 'node:timers/promises';
import type { ApiClient } from '../api/api.client';
import { Failure } from '../terminal/failure.domain';
import type { PlanResult } from './plan-text.domain';

interface KeptPlan {
  readonly studyId: string;
  readonly state: string;
  readonly done: number;
  readonly total: number;
  readonly result: (PlanResult & { readonly error?: string }) | null;
}

const lookAgainMs = 500;

/** Asks for a plan and waits for it, saying how far it is. */
export async function workOutPlan(api: ApiClient, version: string, told: (text: string) => void): Promise<PlanResult> {
  const asked = await api.post<KeptPlan>(`/api/v1/models/${encodeURIComponent(version)}/plan`, {});
  let said = '';
  for (;;) {
    const plan = await api.get<KeptPlan>(`/api/v1/studies/${asked.studyId}`);
    if (plan.state === 'done' && plan.result) return plan.result;
    if (plan.state === 'failed' || plan.state === 'cancelled')
      throw new Failure(plan.result?.error ?? `The plan was ${plan.state}.`);
    const text = `${plan.done} of ${plan.total} accounts`;
    if (text !== said && plan.total > 0) told(text);
    said = text;
    await wait(lookAgainMs);
  }
}
