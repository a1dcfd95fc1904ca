import { Injectable } from '@nestjs/common';
import { Clock, Database, Problem } from '@tenure/platform';
import { isWebhookSecret } from './destination.domain';
import { DestinationsReadModel } from './destinations.read-model';
import { DestinationsRepository } from './destinations.repository';
import { newSecret, noDestination } from './manage-destinations.handler';

const overlapMs = 24 * 60 * 60 * 1_000;

/** The secret in force; `previousUntil` is set in the answer that rotates it. */
export interface SecretAnswer {
  readonly secret: string;
  readonly previousUntil: string | null;
}

/** Shows and changes the secret of a webhook. */
@Injectable()
export class RotateSecretHandler {
  constructor(
    private readonly database: Database,
    private readonly reader: DestinationsReadModel,
    private readonly writer: DestinationsRepository,
    private readonly clock: Clock,
  ) {}

  async show(tenantId: string, id: string): Promise<SecretAnswer> {
    const secrets = await this.database.read([tenantId], (tx) =>
      this.reader.secrets(tx, tenantId, id, this.clock.now()),
    );
    const [secret] = secrets;
    if (secret === undefined) throw new Problem('not-found', `There is no webhook ${id}.`);
    return { secret, previousUntil: null };
  }

  /** For a day both secrets sign, so that the receiver can change over in its own time. */
  rotate(tenantId: string, id: string, wanted: string | undefined): Promise<SecretAnswer> {
    if (wanted !== undefined && !isWebhookSecret(wanted))
      throw new Problem('invalid', 'A secret is whsec_ and 24 to 64 bytes in base64.', { pointer: '/secret' });
    return this.database.write([tenantId], async (tx) => {
      const destination = await this.reader.byId(tx, tenantId, id, true);
      if (!destination) throw noDestination(id);
      if (destination.kind !== 'webhook') throw new Problem('unprocessable', 'Only a webhook has a secret.');
      const secret = wanted ?? newSecret();
      const until = new Date(this.clock.now().getTime() + overlapMs);
      await this.writer.rotateSecret(tx, destination, secret, until);
      return { secret, previousUntil: until.toISOString() };
    });
  }
}
