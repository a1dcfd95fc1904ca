import { Injectable } from '@nestjs/common';
import { type AccountKey, Outbox, type Tx } from '@tenure/platform';
import { alertCommand } from '@tenure/scoring';

import { EvaluationRepository, type KeptAlert } from '../evaluation/evaluation.repository';
import { HeldJudgementReadModel } from '../evaluation/held-judgement.read-model';
import { HealthConfig } from '../health.config';
import { life } from './alert-data.domain';
import { alertEvent } from './publish-judgement.handler';

/** Ends the open alerts of an account that is no longer one. */
@Injectable()
export class ResolveAlertsHandler {
  constructor(
    private readonly judgements: HeldJudgementReadModel,
    private readonly repository: EvaluationRepository,
    private readonly outbox: Outbox,
    private readonly config: HealthConfig,
  ) {}

  async superseded(tx: Tx, key: AccountKey, now: Date): Promise<void> {
    if (this.config.rebuild) return;
    const held = [...(await this.judgements.load(tx, [key])).values()].flatMap((each) => Object.values(each.alerts));
    const alerts: KeptAlert[] = held.flatMap(({ alertId, state, data }) => {
      const command = { kind: 'resolve', by: 'tenure', reason: 'superseded', note: null } as const;
      const result = alertCommand(state, command, now.getTime());
      if (!result.ok) return [];
      const changed = { ...data, ...life({ alertId, version: result.alert.version }, result.change, result.alert) };
      return [{ key, alertId, state: result.alert, data: changed }];
    });
    await this.repository.saveAlerts(tx, alerts);
    await this.outbox.addMany(
      tx,
      alerts.map((alert) => alertEvent(alert)),
    );
  }
}
