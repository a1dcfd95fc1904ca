import { Injectable } from '@nestjs/common';
import { healthScoreChanged, riskAlertEvents } from '@tenure/contracts';
import { Outbox, type Tx } from '@tenure/platform';

import type { KeptAlert, KeptEvaluation } from '../evaluation/evaluation.repository';
import { healthBody } from '../score/health-body.domain';

/** A judgement, and what of it readers have to hear. */
export interface Publishable {
  readonly evaluation: KeptEvaluation;
  readonly changedScore: boolean;
  readonly alerts: readonly { readonly alert: KeptAlert; readonly publish: boolean }[];
  /** Trace of the event that led here. */
  readonly traceparent: string | undefined;
}

/** Puts changed scores and alerts into the outbox, alerts first: somebody waits for them. */
@Injectable()
export class PublishJudgement {
  constructor(private readonly outbox: Outbox) {}

  async publish(tx: Tx, list: readonly Publishable[]): Promise<void> {
    const alerts = list.flatMap(({ alerts: own, traceparent }) =>
      own.filter((each) => each.publish).map(({ alert }) => alertEvent(alert, traceparent)),
    );
    await this.outbox.addMany(tx, alerts);
    await this.outbox.addMany(tx, list.filter((each) => each.changedScore).map(scoreEvent));
  }
}

/** The event of an alert's change; its id is the alert's and the version's, so a repeated publication is recognised. */
export function alertEvent({ key, data }: Pick<KeptAlert, 'key' | 'data'>, traceparent?: string) {
  return {
    definition: riskAlertEvents[data.change],
    event: {
      tenant: key.tenantId,
      account: key.accountId,
      id: `${data.alertId}.${data.version}`,
      time: new Date(data.updatedAt),
      data,
      traceparent,
    },
  };
}

function scoreEvent({ evaluation: { key, evaluation, score }, traceparent }: Publishable) {
  const data = { ...healthBody(evaluation.health, evaluation.at), accountId: key.accountId, version: score.version };
  return {
    definition: healthScoreChanged,
    event: {
      tenant: key.tenantId,
      account: key.accountId,
      id: `score.${key.accountId}.${score.version}`,
      time: new Date(evaluation.at),
      data,
      traceparent,
    },
  };
}
