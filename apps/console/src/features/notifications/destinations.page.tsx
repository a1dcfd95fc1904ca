import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import type { Destination } from '../../api/types';
import type { Page } from '../../api/types';
import { useCanManage } from '../../app/session';
import { severityWords } from '../../format/words';
import { ConfirmButton } from '../../ui/confirm-button';
import { Panel } from '../../ui/panel';
import { Row, Rows, StateTag } from '../../ui/rows';
import { type Secret, SecretDialog } from '../../ui/secret-dialog';
import { Empty, Loaded } from '../../ui/states';
import { toastDone, toastFailed } from '../../ui/toast';
import { useChange } from '../../ui/use-change';
import { DeliveriesPanel } from './deliveries-panel';
import { DestinationDialog, kindWords } from './destination-dialog';

interface TestAnswer {
  delivered: boolean;
  status?: number | null;
  detail?: string | null;
}

function TestButton({ destination }: { destination: Destination }): ReactNode {
  const test = useChange({
    write: () => api.post<TestAnswer>(`/destinations/${destination.id}/test`),
    refresh: ['deliveries', destination.id],
    onDone: (answer) =>
      answer.delivered
        ? toastDone(`A test alert arrived at ${destination.name}`)
        : toastFailed(
            new Error(answer.detail ?? `It answered ${answer.status}.`),
            `${destination.name} did not take it`,
          ),
  });
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={test.isPending}
      aria-label={`Test ${destination.name}`}
      onClick={() => test.mutate(undefined)}
    >
      Test
    </Button>
  );
}

function PauseButton({ destination }: { destination: Destination }): ReactNode {
  const verb = destination.state === 'active' ? 'pause' : 'resume';
  const run = useChange({
    write: () => api.post(`/destinations/${destination.id}/${verb}`),
    refresh: ['destinations'],
  });
  const label = verb === 'pause' ? 'Pause' : 'Resume';
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={run.isPending}
      aria-label={`${label} ${destination.name}`}
      onClick={() => run.mutate(undefined)}
    >
      {label}
    </Button>
  );
}

function DestinationRow({ destination }: { destination: Destination }): ReactNode {
  const canManage = useCanManage();
  const [showLog, setShowLog] = useState(false);
  const remove = useChange({
    write: () => api.delete(`/destinations/${destination.id}`),
    refresh: ['destinations'],
    said: 'Destination removed',
  });
  const least = destination.minSeverity
    ? `from ${severityWords[destination.minSeverity].toLowerCase()} on`
    : 'all alerts';
  return (
    <Row
      title={destination.name}
      sub={`${kindWords[destination.kind]} · ${destination.url ?? destination.to ?? '–'} · ${least}`}
      state={<StateTag state={destination.state} />}
      actions={
        canManage ? (
          <>
            <TestButton destination={destination} />
            <PauseButton destination={destination} />
            <Button
              size="compact-sm"
              variant="default"
              aria-expanded={showLog}
              aria-label={`Deliveries to ${destination.name}`}
              onClick={() => setShowLog((shown) => !shown)}
            >
              Deliveries
            </Button>
            <ConfirmButton
              size="compact-sm"
              variant="default"
              label="Remove"
              about={destination.name}
              question="Nothing more is sent there, and what still waits is not sent."
              onConfirm={() => remove.mutate(undefined)}
            />
          </>
        ) : null
      }
    >
      {showLog ? <DeliveriesPanel destinationId={destination.id} /> : null}
    </Row>
  );
}

/** Where alerts go besides this console: webhooks, Slack, e-mail. */
export function DestinationsPage(): ReactNode {
  const canManage = useCanManage();
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<Secret | null>(null);
  const destinations = useQuery({
    queryKey: ['destinations'],
    queryFn: ({ signal }) => api.get<Page<Destination>>('/destinations', { limit: 200 }, signal),
  });
  const add = (
    <Button size="sm" onClick={() => setMaking(true)}>
      Add a destination
    </Button>
  );
  return (
    <Panel title="Destinations" hint="Where alerts are sent" aside={canManage ? add : null}>
      <Loaded query={destinations}>
        {(data) =>
          data.items.length > 0 ? (
            <Rows>
              {data.items.map((destination) => (
                <DestinationRow key={destination.id} destination={destination} />
              ))}
            </Rows>
          ) : (
            <Empty title="No destination yet">Alerts are in this console only. Add a webhook, Slack or e-mail.</Empty>
          )
        }
      </Loaded>
      <DestinationDialog
        opened={making}
        onClose={() => setMaking(false)}
        onMade={(made) =>
          made.secret
            ? setSecret({ title: 'Signing secret', value: made.secret, hint: 'Verify each webhook with this secret.' })
            : undefined
        }
      />
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
    </Panel>
  );
}
