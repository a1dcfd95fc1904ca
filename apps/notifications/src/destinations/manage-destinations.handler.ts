import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, Database, Problem, type CallerIdentity, type Tx } from '@tenure/platform';
import type { ChangeDestinationDto, CreateDestinationDto } from './destination.dto';
import type { Destination } from './destination.domain';
import { DestinationRules } from './destination-rules.guard';
import { DestinationsReadModel, type DestinationPlace } from './destinations.read-model';
import { DestinationsRepository } from './destinations.repository';

/** 32 random bytes in the form of Standard Webhooks. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

export const noDestination = (id: string): Problem => new Problem('not-found', `There is no destination ${id}.`);

/** Makes, lists and changes destinations. */
@Injectable()
export class ManageDestinationsHandler {
  constructor(
    private readonly database: Database,
    private readonly reader: DestinationsReadModel,
    private readonly writer: DestinationsRepository,
    private readonly rules: DestinationRules,
    private readonly clock: Clock,
  ) {}

  list(tenantId: string, after: DestinationPlace | undefined, limit: number): Promise<Destination[]> {
    return this.database.read([tenantId], (tx) => this.reader.page(tx, tenantId, after, limit));
  }

  get(tenantId: string, id: string): Promise<Destination> {
    return this.database.read([tenantId], (tx) => this.existing(tx, tenantId, id));
  }

  /** The secret is in the answer and, for admins, at `GET …/secret`. */
  async create(
    caller: CallerIdentity,
    wanted: CreateDestinationDto,
  ): Promise<{ destination: Destination; secret: string | null }> {
    const destination: Destination = {
      tenantId: caller.tenant,
      destinationId: `dst_${randomUUID()}`,
      name: wanted.name.trim(),
      kind: wanted.kind,
      state: 'active',
      stateReason: null,
      url: wanted.url ?? null,
      to: wanted.to ?? null,
      signals: wanted.signals ?? null,
      minSeverity: wanted.minSeverity ?? null,
      ownerOnly: wanted.ownerOnly ?? false,
      ownerEmail: wanted.kind === 'email' ? (wanted.to ?? null) : caller.email,
      createdAt: this.clock.now(),
      failingSince: null,
    };
    this.rules.check(destination);
    const secret = destination.kind === 'webhook' ? newSecret() : null;
    await this.database.write([caller.tenant], (tx) => this.writer.add(tx, destination, secret));
    return { destination, secret };
  }

  change(caller: CallerIdentity, id: string, wanted: ChangeDestinationDto): Promise<Destination> {
    return this.database.write([caller.tenant], async (tx) => {
      const present = await this.existing(tx, caller.tenant, id, true);
      const changed: Destination = {
        ...present,
        name: wanted.name?.trim() ?? present.name,
        url: wanted.url ?? present.url,
        to: wanted.to ?? present.to,
        signals: wanted.signals === undefined ? present.signals : wanted.signals,
        minSeverity: wanted.minSeverity === undefined ? present.minSeverity : wanted.minSeverity,
        ownerOnly: wanted.ownerOnly ?? present.ownerOnly,
      };
      const owned = { ...changed, ownerEmail: changed.kind === 'email' ? changed.to : present.ownerEmail };
      this.rules.check(owned);
      await this.writer.change(tx, owned);
      return owned;
    });
  }

  private async existing(tx: Tx, tenantId: string, id: string, lock = false): Promise<Destination> {
    const destination = await this.reader.byId(tx, tenantId, id, lock);
    if (!destination) throw noDestination(id);
    return destination;
  }
}
