import { Button, Code, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import type { Rejects } from '../../api/types';
import { useZone } from '../../app/session';
import { instant } from '../../format/dates';
import { count } from '../../format/money';
import { words } from '../../format/words';
import { Loaded } from '../../ui/states';

function Items({ items }: { items: Rejects['items'] }): ReactNode {
  const zone = useZone();
  return items.map((item) => (
    <details key={item.id} style={{ marginTop: 8, fontSize: 13.5 }}>
      <summary style={{ cursor: 'pointer' }}>
        {item.detail}
        {item.pointer ? (
          <>
            {' at '}
            <Code>{item.pointer}</Code>
          </>
        ) : null}{' '}
        · {instant(item.receivedAt, zone)}
      </summary>
      <Code block mt={6} tabIndex={0}>
        {typeof item.body === 'string' ? item.body : JSON.stringify(item.body, null, 2)}
      </Code>
    </details>
  ));
}

/** What was refused, grouped by reason; a group opens into its events as they were sent. */
export function RejectsPanel({ sourceId }: { sourceId: string }): ReactNode {
  const [code, setCode] = useState<string>();
  const rejects = useQuery({
    queryKey: ['sources', sourceId, 'rejects', code],
    queryFn: ({ signal }) => api.get<Rejects>(`/sources/${sourceId}/rejects`, { code }, signal),
    placeholderData: (previous) => previous,
  });
  return (
    <Loaded query={rejects} rows={2}>
      {(data) =>
        data.groups.length === 0 ? (
          <span style={{ fontSize: 14 }}>Nothing has been rejected.</span>
        ) : (
          <>
            <Group gap={6}>
              {data.groups.map((group) => (
                <Button
                  key={group.code}
                  size="compact-sm"
                  variant={code === group.code ? 'filled' : 'default'}
                  aria-pressed={code === group.code}
                  onClick={() => setCode(code === group.code ? undefined : group.code)}
                >
                  {words(group.code)} {count(group.count)}
                </Button>
              ))}
            </Group>
            <Items items={data.items} />
          </>
        )
      }
    </Loaded>
  );
}
