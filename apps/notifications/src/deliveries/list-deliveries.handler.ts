import { Injectable } from '@nestjs/common';
import { Database } from '@tenure/platform';
import { DeliveriesReadModel, type DeliveriesPage, type LoggedDelivery } from './deliveries.read-model';

/** The log of a tenant's deliveries. */
@Injectable()
export class ListDeliveriesHandler {
  constructor(
    private readonly database: Database,
    private readonly log: DeliveriesReadModel,
  ) {}

  list(tenantId: string, page: DeliveriesPage): Promise<LoggedDelivery[]> {
    return this.database.read([tenantId], (tx) => this.log.page(tx, tenantId, page));
  }
}
