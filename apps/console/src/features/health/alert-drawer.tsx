import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../api/client';
import type { Alert } from '../../api/types';
import { Loaded } from '../../ui/states';
import { AlertDetail } from './alert-detail';

function Content({ alertId }: { alertId: string }): ReactNode {
  const alert = useQuery({
    queryKey: ['alerts', 'one', alertId],
    queryFn: ({ signal }) => api.get<Alert>(`/alerts/${alertId}`, {}, signal),
  });
  return (
    <Loaded query={alert} rows={8}>
      {(data) => <AlertDetail alert={data} />}
    </Loaded>
  );
}

/** One alert with its evidence, beside the list it was opened from. */
export function AlertDrawer({ alertId, onClose }: { alertId: string | null; onClose: () => void }): ReactNode {
  return (
    <Drawer
      opened={alertId !== null}
      onClose={onClose}
      position="right"
      size={500}
      title="Alert"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {alertId ? <Content alertId={alertId} /> : null}
    </Drawer>
  );
}
