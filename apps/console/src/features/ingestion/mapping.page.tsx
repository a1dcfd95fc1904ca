import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api } from '../../api/client';
import type { Page, Source } from '../../api/types';
import { MappingPanel } from './mapping-panel';
import styles from './mapping.module.css';

/** How what a webhook source sends becomes canonical events. */
export function MappingPage(): ReactNode {
  const { sourceId } = useParams({ from: '/shell/settings/sources/$sourceId/mapping' });
  const sources = useQuery({
    queryKey: ['sources'],
    queryFn: ({ signal }) => api.get<Page<Source>>('/sources', {}, signal),
  });
  const name = sources.data?.items.find(({ id }) => id === sourceId)?.name;
  return (
    <Stack>
      <p className={styles.note}>
        <Link to="/settings/sources" className="link">
          Sources
        </Link>
        {name ? ` / ${name}` : ''}
      </p>
      <MappingPanel sourceId={sourceId} />
    </Stack>
  );
}
