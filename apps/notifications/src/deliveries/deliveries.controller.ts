import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, decodeCursor, leaders, pageOf, Problem, readers, Roles, type CallerIdentity } from '@tenure/platform';
import { DeliveriesDto, DeliveriesQuery, DeliveryDto } from './deliveries.dto';
import type { DeliveriesPage, LoggedDelivery } from './deliveries.read-model';
import { ListDeliveriesHandler } from './list-deliveries.handler';
import { RetryDeliveryHandler } from './retry-delivery.handler';

/** What was sent, to whom, and how it went. */
@ApiTags('Deliveries')
@Controller('api/v1/deliveries')
export class DeliveriesController {
  constructor(
    private readonly lister: ListDeliveriesHandler,
    private readonly retrier: RetryDeliveryHandler,
  ) {}

  /** Newest first. */
  @Get()
  @Roles(...readers)
  @ApiOkResponse({ type: DeliveriesDto })
  async list(@Caller() caller: CallerIdentity, @Query() query: DeliveriesQuery): Promise<DeliveriesDto> {
    const { destinationId, status, limit } = query;
    const page = { destinationId, status, after: afterOf(query.cursor), limit: limit + 1 };
    const found = await this.lister.list(caller.tenant, page);
    const { items, nextCursor } = pageOf(found, limit, (last) => [last.createdAt, last.id]);
    return { items: items.map(deliveryDto), nextCursor };
  }

  /** A new round of attempts, beginning now, with the same `webhook-id`. */
  @Post(':id/retry')
  @HttpCode(200)
  @Roles(...leaders)
  @ApiOkResponse({ type: DeliveryDto })
  async retry(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<DeliveryDto> {
    return deliveryDto(await this.retrier.retry(caller.tenant, id));
  }
}

function deliveryDto(delivery: LoggedDelivery): DeliveryDto {
  const { id, destinationId, eventId, type, status, attempts, nextAttemptAt, createdAt } = delivery;
  return { id, destinationId, eventId, type, status, attempts, nextAttemptAt, createdAt };
}

function afterOf(cursor: string | undefined): DeliveriesPage['after'] {
  const values = decodeCursor(cursor, 2);
  if (!values) return undefined;
  const createdAt = new Date(String(values[0]));
  if (Number.isNaN(createdAt.getTime()))
    throw new Problem('invalid', 'The cursor is not one of this list.', { pointer: '/cursor' });
  return { createdAt, id: String(values[1]) };
}
