import { Injectable } from '@nestjs/common';
import { type RiskAlert, stakeholderChanged } from '@tenure/contracts';
import { type CallerIdentity, Clock, Database, Outbox, Problem } from '@tenure/platform';

import { AlertRepository } from './alert.repository';

/** The metric of the evidence that names whom a suspicion is about. */
const suspected = 'champions-suspected';

/**
 * Settles in one click whether a champion who is suspected to have left did. What the person says is a change of the
 * stakeholder like any other: it goes out on the input topic, so that every service knows it, and the alert follows from it.
 */
@Injectable()
export class ConfirmSuspicionHandler {
  constructor(
    private readonly database: Database,
    private readonly alerts: AlertRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Throws `not-found`, or `conflict` where the alert suspects nobody (any more). */
  confirm(caller: CallerIdentity, alertId: string, left: boolean): Promise<RiskAlert> {
    return this.database.write([caller.tenant], async (tx) => {
      const stored = await this.alerts.find(tx, caller.tenant, alertId);
      if (!stored) throw new Problem('not-found', 'There is no such alert.');
      const { data, accountId } = stored;
      const line = data.status === 'resolved' ? undefined : data.evidence.find((each) => each.metric === suspected);
      const [stakeholderId] = line?.ids ?? [];
      if (stakeholderId === undefined)
        throw new Problem('conflict', 'Nobody is suspected here: there is nothing to confirm or to dismiss.');
      const name = data.summary.split(', the champion')[0] ?? stakeholderId;
      const time = this.clock.now();
      const said = left
        ? { change: 'left' as const }
        : { change: 'updated' as const, confirmedHereAt: time.toISOString() };
      await this.outbox.add(tx, stakeholderChanged, {
        tenant: caller.tenant,
        account: accountId,
        id: `suspicion.${alertId}.${data.version}`,
        time,
        source: `/people/${encodeURIComponent(caller.subject)}`,
        data: { accountId, stakeholderId, name, ...said },
      });
      return data;
    });
  }
}
