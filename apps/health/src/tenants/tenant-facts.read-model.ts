import { Injectable } from '@nestjs/common';
import { Clock, Notifications, type Tx } from '@tenure/platform';
import { dayFromIso, type Model, type SignalParameters } from '@tenure/scoring';

import { InputFreshness } from '../evaluation/input-freshness.repository';
import type { TenantParts } from '../history/account-history.read-model';
import { ModelReadModel, modelsChannel } from '../models/model.read-model';
import { signalSettingsChannel, SignalSettingsReadModel } from '../signals/signal-settings.read-model';
import type { TenantComparison } from './tenant-comparison.domain';

interface Cached {
  readonly readAt: number;
  readonly parts: Omit<TenantParts, 'inputs'>;
  readonly comparison: TenantComparison;
  readonly model: Model;
  readonly parameters: SignalParameters;
}

interface FeatureRow {
  feature: string;
  names: string[];
  key: boolean;
  sign_in: boolean;
  value: boolean;
}

const readAgainMs = 30_000;
/** Below this many accounts a decile is nobody. */
const smallestBook = 10;

/** Facts of tenants that change rarely and are needed for every account; read again every half minute. */
@Injectable()
export class TenantFactsReadModel {
  private readonly cache = new Map<string, Cached>();

  constructor(
    private readonly inputs: InputFreshness,
    private readonly models: ModelReadModel,
    private readonly settings: SignalSettingsReadModel,
    private readonly clock: Clock,
    notifications: Notifications,
  ) {
    for (const channel of [modelsChannel, signalSettingsChannel])
      notifications.on(channel, (tenant) => (tenant ? this.forget(tenant) : this.cache.clear()));
  }

  /** What every history of these tenants carries. */
  async of(tx: Tx, tenants: readonly string[]): Promise<Map<string, TenantParts>> {
    const found = new Map<string, TenantParts>();
    for (const tenant of tenants) {
      const inputs = await this.inputs.of(tx, tenant, this.clock.now().getTime());
      found.set(tenant, { ...(await this.cached(tx, tenant)).parts, inputs });
    }
    return found;
  }

  async comparison(tx: Tx, tenant: string): Promise<TenantComparison> {
    return (await this.cached(tx, tenant)).comparison;
  }

  /** The model that scores are made with; a publication is told to every process at once. */
  async model(tx: Tx, tenant: string): Promise<Model> {
    return (await this.cached(tx, tenant)).model;
  }

  /** What the tenant set of its signals; the same object while nothing about it changes. */
  async parameters(tx: Tx, tenant: string): Promise<SignalParameters> {
    return (await this.cached(tx, tenant)).parameters;
  }

  /** Called when the tenant's settings or features change, so that the next look is fresh. */
  forget(tenant: string): void {
    this.cache.delete(tenant);
  }

  private async cached(tx: Tx, tenant: string): Promise<Cached> {
    const now = this.clock.now().getTime();
    const known = this.cache.get(tenant);
    if (known && now - known.readAt < readAgainMs) return known;
    const fresh = {
      readAt: now,
      parts: await this.parts(tx, tenant),
      comparison: await this.compare(tx, tenant),
      model: await this.models.inForce(tx, tenant),
      parameters: await this.settings.inForce(tx, tenant),
    };
    // The same objects while nothing changed: histories and settings notice a change by identity.
    const entry = known
      ? { ...fresh, parts: same(known.parts, fresh.parts), parameters: same(known.parameters, fresh.parameters) }
      : fresh;
    this.cache.set(tenant, entry);
    return entry;
  }

  private async parts(tx: Tx, tenant: string): Promise<Cached['parts']> {
    const [row] = await tx.query<{ time_zone: string; holidays: string[] }>(
      'select time_zone, holidays from tenants where tenant_id = $1',
      [tenant],
    );
    const features = await tx.query<FeatureRow>(
      'select feature, names, key, sign_in, value from features where tenant_id = $1 order by feature',
      [tenant],
    );
    const namesOf = (list: readonly FeatureRow[]): string[] => [...new Set(list.flatMap(({ names }) => names))];
    return {
      keyFeatures: features.filter(({ key }) => key).map(({ feature, names }) => ({ feature, names })),
      marks: {
        signIn: namesOf(features.filter((each) => each.sign_in)),
        value: namesOf(features.filter((each) => each.value)),
      },
      ownHolidays: new Set((row?.holidays ?? []).map(dayFromIso)),
      timeZone: row?.time_zone ?? 'UTC',
    };
  }

  private async compare(tx: Tx, tenant: string): Promise<TenantComparison> {
    const deciles = await tx.query<{ currency: string; from_minor: string }>(
      `select currency, percentile_disc(0.9) within group (order by arr_minor) as from_minor from accounts
       where tenant_id = $1 and arr_minor > 0 group by currency having count(*) >= $2`,
      [tenant, smallestBook],
    );
    const rates = await tx.query<{ segment: string; rate: number }>(
      `select coalesce(segment, '') as segment, (sum(tickets_14d)::float8 / nullif(sum(active_users), 0)) as rate
       from accounts where tenant_id = $1 and active_users > 0 and tickets_14d is not null group by 1`,
      [tenant],
    );
    return {
      topDecile: new Map(deciles.map((row) => [row.currency, Number(row.from_minor)])),
      segments: new Map(rates.map((row) => [row.segment, { ticketsPerUser14d: row.rate ?? 0 }])),
    };
  }
}

/** The one before where nothing about it changed. */
function same<T>(before: T, now: T): T {
  return comparable(before) === comparable(now) ? before : now;
}

const comparable = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) => (each instanceof Set ? [...(each as Set<unknown>)] : each));
