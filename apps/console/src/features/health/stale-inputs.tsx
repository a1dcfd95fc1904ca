import { useQuery } from '@tanstack/react-query';
import type { InputsBody } from '@tenure/contracts';
import type { ReactNode } from 'react';
import { api } from '../../api/client';
import { useZone } from '../../app/session';
import { instant } from '../../format/dates';
import { words } from '../../format/words';
import { sourcesQuery, volumesQuery } from '../ingestion/sources.queries';
import { suppliersOf } from './suppliers';

/** Says which inputs of the score fell silent, since when, and which source sent them: the score rests on old data. */
export function StaleInputs(): ReactNode {
  const zone = useZone();
  const inputs = useQuery({
    queryKey: ['inputs'],
    queryFn: ({ signal }) => api.get<InputsBody>('/inputs', {}, signal),
    staleTime: 60_000,
  });
  const stale = inputs.data?.items.filter((each) => each.staleSince !== null) ?? [];
  const sources = useQuery({ ...sourcesQuery, enabled: stale.length > 0 });
  const volumes = useQuery({ ...volumesQuery, enabled: stale.length > 0 });
  if (stale.length === 0) return null;
  return (
    <div role="note" aria-label="Stale inputs" style={{ ...box, background: 'var(--band-yellow-soft)' }}>
      {stale.map(({ kind, lastAt, staleSince }) => {
        const from = suppliersOf(kind, sources.data?.items ?? [], volumes.data?.items ?? []);
        return (
          <div key={kind}>
            <b>{words(kind)} is stale</b> since {instant(staleSince, zone)}: the last came {instant(lastAt, zone)}
            {from.length > 0 ? ` from ${from.join(' and ')}` : ''}. What rests on it stands still.
          </div>
        );
      })}
    </div>
  );
}

const box = { display: 'grid', gap: 4, margin: '0 0 12px', padding: '8px 12px', borderRadius: 8, fontSize: 13.5 };
