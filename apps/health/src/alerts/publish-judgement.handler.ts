import { Injectable } from '@nestjs/common';
import { healthScoreChanged, riskAlertEvents } from '@tenure/contracts';
import { Outbox, type Tx } from '@tenure/platform';

import type { KeptAlert, KeptEvaluation } from '../evaluation/evaluation.repository';
import { AlertCausesReadModel } from './alert-causes.read-model';
import { group } from './group-alerts.domain';
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
  constructor(
    private readonly outbox: Outbox,
    private readonly causes: AlertCausesReadModel,
  ) {}

  /** Says in the alerts that open what others have the same cause: before they are kept and published. */
  async group(tx: Tx, list: readonly Pick<Publishable, 'alerts'>[], now: Date): Promise<void> {
    const opening = list
      .flatMap(({ alerts }) => alerts)
      .flatMap(({ alert: { key, alertId, data, cause } }) =>
        cause ? [{ tenantId: key.tenantId, alertId, data, cause }] : [],
      );
    if (opening.length === 0) return;
    const keys = opening.map(({ tenantId, cause }) => ({ tenantId, causeId: cause.id }));
    group(opening, await this.causes.members(tx, keys, now));
  }

  async publish(tx: Tx, list: readonly Publishable[]): Promise<void> {
    const alerts = list.flatMap(({ alerts: own, traceparent }) =>
      own.filter((each) => each.publish).map(({ alert }) => alertEvent(alert, traceparent)),
    );
    await Promise.all([
      this.outbox.addMany(tx, alerts),
      this.outbox.addMany(tx, list.filter((each) => each.changedScore).map(scoreEvent)),
    ]);
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
