import { randomUUID } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import type { OverrideBody, PulsesBody } from '@tenure/contracts';
import { type AccountKey, type CallerIdentity, Clock, Database, Problem, type Tx } from '@tenure/platform';
import { DAY_MS } from '@tenure/scoring';

import { HealthReadModel } from '../score/health.read-model';
import type { OverrideDto, PulseDto } from './opinion.dto';
import { OpinionRepository } from './opinion.repository';
import type { HeldOverride } from './override.domain';
import { OverrideReadModel } from './override.read-model';
import { PulseReadModel } from './pulse.read-model';
import { RejudgeAccountHandler } from './rejudge-account.handler';

const pulseDays = 60;
const longestOverrideDays = 366;

/** Where opinions are kept and read. */
@Injectable()
export class OpinionStores {
  constructor(
    readonly repository: OpinionRepository,
    readonly overrides: OverrideReadModel,
    readonly pulses: PulseReadModel,
    readonly health: HealthReadModel,
  ) {}
}

/** What a CSM says of an account: a pulse beside the score, or an override that becomes a line of it. */
@Injectable()
export class SayOpinionHandler {
  constructor(
    private readonly database: Database,
    private readonly stores: OpinionStores,
    private readonly rejudge: RejudgeAccountHandler,
    private readonly clock: Clock,
  ) {}

  async pulse(caller: CallerIdentity, accountId: string, dto: PulseDto): Promise<PulsesBody> {
    const key = { tenantId: caller.tenant, accountId };
    const said = this.said(caller, dto, pulseDays);
    await this.database.write([caller.tenant], async (tx) => {
      await this.present(tx, key);
      await this.stores.repository.addPulse(tx, key, { ...said, band: dto.band, comment: dto.comment ?? null });
    });
    return this.read(key);
  }

  async withdrawPulse(caller: CallerIdentity, accountId: string): Promise<PulsesBody> {
    const key = { tenantId: caller.tenant, accountId };
    await this.database.write([caller.tenant], async (tx) => {
      await this.present(tx, key);
      const ended = await this.stores.repository.end(tx, 'pulses', key, caller.name, this.clock.now());
      if (!ended) throw new Problem('conflict', 'There is no pulse to withdraw.');
    });
    return this.read(key);
  }

  /** The score follows at once, in the same transaction. */
  async override(caller: CallerIdentity, accountId: string, dto: OverrideDto): Promise<PulsesBody> {
    if (dto.score === undefined && dto.band === undefined)
      throw new Problem('invalid', 'Set a score, a band, or both.', { pointer: '/score' });
    const key = { tenantId: caller.tenant, accountId };
    const said = this.said(caller, dto, longestOverrideDays);
    await this.database.write([caller.tenant], async (tx) => {
      await this.present(tx, key);
      const override = { ...said, score: dto.score ?? null, band: dto.band ?? null };
      await this.stores.repository.addOverride(tx, key, override);
      await this.rejudge.now(tx, key, said.at);
    });
    return this.read(key);
  }

  async endOverride(caller: CallerIdentity, accountId: string): Promise<PulsesBody> {
    const key = { tenantId: caller.tenant, accountId };
    const now = this.clock.now();
    await this.database.write([caller.tenant], async (tx) => {
      await this.present(tx, key);
      if (!(await this.stores.repository.end(tx, 'overrides', key, caller.name, now)))
        throw new Problem('conflict', 'There is no override to end.');
      await this.rejudge.now(tx, key, now);
    });
    return this.read(key);
  }

  read(key: AccountKey): Promise<PulsesBody> {
    return this.database.read([key.tenantId], async (tx) => {
      await this.present(tx, key);
      const now = this.clock.now();
      const items = await this.stores.pulses.list(tx, key);
      const held = await this.stores.overrides.inForceAt(tx, key, now);
      const current = items.find(({ endedAt, expiresAt }) => endedAt === null && Date.parse(expiresAt) > now.getTime());
      return { current: current ?? null, override: held ? overrideBody(held) : null, items, nextCursor: null };
    });
  }

  private said(caller: CallerIdentity, dto: { reason: string; expiresAt?: string }, longestDays: number) {
    const at = this.clock.now();
    const last = new Date(at.getTime() + longestDays * DAY_MS);
    const expiresAt = dto.expiresAt === undefined ? last : new Date(dto.expiresAt);
    if (expiresAt <= at) throw new Problem('invalid', 'expiresAt has to lie ahead.', { pointer: '/expiresAt' });
    if (expiresAt > last)
      throw new Problem('invalid', `It may hold for ${longestDays} days at most.`, { pointer: '/expiresAt' });
    return { id: randomUUID(), reason: dto.reason, by: { id: caller.subject, name: caller.name }, at, expiresAt };
  }

  private async present(tx: Tx, key: AccountKey): Promise<void> {
    if (!(await this.stores.health.exists(tx, key)))
      throw new Problem('not-found', `There is no account ${key.accountId}.`);
  }
}

function overrideBody({ overrideId, score, band, reason, by, at, expiresAt }: HeldOverride): OverrideBody {
  return {
    overrideId,
    score,
    band,
    reason,
    by: { name: by },
    at: new Date(at).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
  };
}
