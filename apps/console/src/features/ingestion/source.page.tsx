import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Source } from '../../api/types';
import { useCanWrite, useMe, useNow, useZone } from '../../app/session';
import { StateTag } from '../../ui/rows';
import { type Secret, SecretDialog } from '../../ui/secret-dialog';
import { Empty, Loaded } from '../../ui/states';
import { LivePanel } from './live-panel';
import { MappingPanel } from './mapping-panel';
import { RejectsPanel } from './rejects-panel';
import { SourceActions } from './source-actions';
import { SourceOverview } from './source-overview';
import { lastSentence, sourceSentence } from './source-words';
import styles from './source.module.css';
import { sourcesQuery, volumesQuery } from './sources.queries';

function Head({ source, onKey }: { source: Source; onKey: (secret: Secret) => void }): ReactNode {
  const isAdmin = useMe().person.role === 'admin';
  const now = useNow();
  const zone = useZone();
  const volumes = useQuery(volumesQuery);
  const volume = volumes.data?.items.find((each) => each.sourceId === source.id);
  return (
    <header className={styles.head}>
      <div>
        <Link to="/settings/sources" className="text-link">
          Sources
        </Link>
        <h2>{source.name}</h2>
        <p>
          {sourceSentence(source)} · {lastSentence(source, volume, now, zone)}
        </p>
      </div>
      <StateTag state={source.state} />
      {isAdmin ? (
        <div className={styles.actions}>
          <SourceActions source={source} onKey={onKey} />
        </div>
      ) : null}
    </header>
  );
}

function Detail({ source }: { source: Source }): ReactNode {
  const [secret, setSecret] = useState<Secret | null>(null);
  const canWatch = useCanWrite();
  const { tab = 'overview' } = useSearch({ from: '/shell/settings/sources/$sourceId' });
  const navigate = useNavigate({ from: '/settings/sources/$sourceId' });
  const open = (next: string | null): void =>
    void navigate({ search: next === null || next === 'overview' ? {} : { tab: next }, replace: true });
  return (
    <>
      <Head source={source} onKey={setSecret} />
      <Tabs value={tab} onChange={open} keepMounted={false}>
        <Tabs.List aria-label={`About ${source.name}`} className={styles.tabs}>
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          {canWatch ? <Tabs.Tab value="live">Live</Tabs.Tab> : null}
          <Tabs.Tab value="rejects">Rejects</Tabs.Tab>
          {source.kind === 'webhook' ? <Tabs.Tab value="mapping">Mapping</Tabs.Tab> : null}
        </Tabs.List>
        <Tabs.Panel value="overview" pt="md">
          <SourceOverview source={source} />
        </Tabs.Panel>
        {canWatch ? (
          <Tabs.Panel value="live" pt="md">
            <LivePanel source={source} />
          </Tabs.Panel>
        ) : null}
        <Tabs.Panel value="rejects" pt="md">
          <RejectsPanel source={source} />
        </Tabs.Panel>
        {source.kind === 'webhook' ? (
          <Tabs.Panel value="mapping" pt="md">
            <MappingPanel sourceId={source.id} />
          </Tabs.Panel>
        ) : null}
      </Tabs>
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
    </>
  );
}

/** One source: what it sends, live and by the hour, what of it was refused, and its settings. */
export function SourcePage(): ReactNode {
  const { sourceId } = useParams({ from: '/shell/settings/sources/$sourceId' });
  const sources = useQuery(sourcesQuery);
  return (
    <Loaded query={sources} rows={8}>
      {(data) => {
        const source = data.items.find((each) => each.id === sourceId);
        return source ? <Detail key={source.id} source={source} /> : <Empty title="There is no such source" />;
      }}
    </Loaded>
  );
}
