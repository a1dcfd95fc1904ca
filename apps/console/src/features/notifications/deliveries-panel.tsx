import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../api/client';
import type { Delivery } from '../../api/types';
import type { Page } from '../../api/types';
import { useZone } from '../../app/session';
import { instant } from '../../format/dates';
import { plural } from '../../format/money';
import { Row, Rows, StateTag } from '../../ui/rows';
import { Loaded } from '../../ui/states';
import { useChange } from '../../ui/use-change';

function DeliveryRow({ delivery }: { delivery: Delivery }): ReactNode {
  const zone = useZone();
  const retry = useChange({
    write: () => api.post(`/deliveries/${delivery.id}/retry`),
    refresh: ['deliveries', delivery.destinationId],
    said: 'It is sent again',
  });
  const last = delivery.attempts.at(-1);
  const facts = [
    last ? instant(last.at, zone) : null,
    plural(delivery.attempts.length, 'attempt'),
    last?.status ? `answered ${last.status}${last.detail ? ` (${last.detail})` : ''}` : last?.detail,
    delivery.nextAttemptAt && delivery.status !== 'delivered' ? `next ${instant(delivery.nextAttemptAt, zone)}` : null,
  ];
  return (
    <Row
      title={delivery.type.replace(/^tenure\.|\.v\d+$/g, '')}
      sub={facts.filter(Boolean).join(' · ')}
      state={<StateTag state={delivery.status} />}
      actions={
        delivery.status === 'delivered' ? null : (
          <Button size="compact-sm" variant="default" loading={retry.isPending} onClick={() => retry.mutate(undefined)}>
            Send again
          </Button>
        )
      }
    />
  );
}

/** The latest deliveries to one destination, with what the receiver said. */
export function DeliveriesPanel({ destinationId }: { destinationId: string }): ReactNode {
  const deliveries = useQuery({
    queryKey: ['deliveries', destinationId],
    queryFn: ({ signal }) => api.get<Page<Delivery>>('/deliveries', { destinationId, limit: 20 }, signal),
    refetchInterval: 10_000,
  });
  return (
    <Loaded query={deliveries} rows={3}>
      {(data) =>
        data.items.length > 0 ? (
          <Rows>
            {data.items.map((delivery) => (
              <DeliveryRow key={delivery.id} delivery={delivery} />
            ))}
          </Rows>
        ) : (
          <span style={{ fontSize: 14 }}>Nothing has been sent yet.</span>
        )
      }
    </Loaded>
  );
}
