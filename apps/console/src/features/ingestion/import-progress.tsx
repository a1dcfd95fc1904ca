import { Anchor, Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { api, apiUrl } from '../../api/client';
import { count } from '../../format/money';
import { ConfirmButton } from '../../ui/confirm-button';
import { useChange } from '../../ui/use-change';
import type { ImportJob } from './import.queries';

/** How far an import is, and what can be done with it. */
export function ImportProgress({ job, closable }: { job: ImportJob; closable: boolean }): ReactNode {
  const cancel = useChange({
    write: () => api.post(`/imports/${job.id}/cancel`),
    refresh: ['imports'],
    said: 'It stops',
  });
  const close = useChange({
    write: () => api.post(`/sources/${job.sourceId}/close-import`),
    refresh: ['sources'],
    said: 'Closed. Its accounts are evaluated now',
  });
  return (
    <div role="status" aria-live="polite">
      <Text size="sm" className="num">
        {count(job.rowsRead)} rows · {count(job.accepted)} accepted · {count(job.held)} held · {count(job.rejected)}{' '}
        rejected · {count(job.rate)} rows/s
      </Text>
      {job.detail ? <Text size="sm">{job.detail}</Text> : null}
      <Group gap={8} mt={6}>
        {job.rejected > 0 ? (
          <Anchor size="sm" href={apiUrl(`/imports/${job.id}/errors`)} download={`errors-${job.id}.csv`}>
            Refused rows as CSV
          </Anchor>
        ) : null}
        {job.state === 'running' ? (
          <Button size="compact-sm" variant="default" onClick={() => cancel.mutate(undefined)}>
            Cancel
          </Button>
        ) : null}
        {job.state === 'done' && !job.dryRun && closable ? (
          <ConfirmButton
            size="compact-sm"
            variant="default"
            label="Close import"
            about={job.fileName ?? 'of this source'}
            question="When all files are in: the accounts are evaluated once, conditions that are already true open as pre-existing, without a push."
            onConfirm={() => close.mutate(undefined)}
          />
        ) : null}
      </Group>
    </div>
  );
}
