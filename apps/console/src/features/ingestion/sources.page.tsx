import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SourceVolume } from '@tenure/contracts';
import { type ReactNode, useState } from 'react';
import type { Source } from '../../api/types';
import { useMe, useNow, useZone } from '../../app/session';
import { dayIn } from '../../format/dates';
import { plural } from '../../format/money';
import { Panel } from '../../ui/panel';
import { Row, Rows, StateTag, Tag } from '../../ui/rows';
import { Sparkline } from '../../ui/sparkline';
import { Empty, Loaded } from '../../ui/states';
import { lastDays } from './day-series';
import { SourceDialog } from './source-dialog';
import { isJudged, lastSentence, sourceSentence, statusTones, statusWords } from './source-words';
import { sourcesQuery, volumesQuery } from './sources.queries';

/** The volume of 28 days as a picture. */
function Volume({ volume, now }: { volume: SourceVolume; now: Date }): ReactNode {
  const days = lastDays(volume.days, dayIn(now));
  const events = days.reduce((sum, each) => sum + (each?.events ?? 0), 0);
  const rejected = days.reduce((sum, each) => sum + (each?.rejected ?? 0), 0);
  return (
    <Sparkline
      label={`${plural(events, 'event')} in 28 days${rejected > 0 ? `, ${rejected} rejected` : ''}`}
      values={days.map((each) => ({ good: each?.events ?? 0, bad: each?.rejected ?? 0 }))}
    />
  );
}

function SourceRow({ source, volume }: { source: Source; volume: SourceVolume | undefined }): ReactNode {
  const now = useNow();
  const zone = useZone();
  const open = { to: '/settings/sources/$sourceId', params: { sourceId: source.id } } as const;
  const key = source.keyPrefix ? ` · key ${source.keyPrefix}…` : '';
  return (
    <Row
      title={
        <Link {...open} className="text-link">
          {source.name}
        </Link>
      }
      sub={`${sourceSentence(source)}${key} · ${lastSentence(source, volume, now, zone)}`}
      state={
        <>
          {volume ? <Volume volume={volume} now={now} /> : null}
          {volume && isJudged(source) ? (
            <Tag tone={statusTones[volume.status]} title={volume.detail}>
              {statusWords[volume.status]}
            </Tag>
          ) : null}
          {volume && volume.rejected > 0 ? (
            <Link
              {...open}
              search={{ tab: 'rejects' }}
              className="text-link"
              aria-label={`${plural(volume.rejected, 'reject')} of ${source.name}`}
            >
              {plural(volume.rejected, 'reject')}
            </Link>
          ) : null}
          {source.state === 'active' ? null : <StateTag state={source.state} />}
        </>
      }
    />
  );
}

/** Where events come from: what each source is, what it sends, and whether that is as usual. */
export function SourcesPage(): ReactNode {
  const isAdmin = useMe().person.role === 'admin';
  const [making, setMaking] = useState(false);
  const sources = useQuery(sourcesQuery);
  const volumes = useQuery(volumesQuery);
  const byId = new Map(volumes.data?.items.map((each) => [each.sourceId, each]));
  const add = (
    <Button size="sm" onClick={() => setMaking(true)}>
      Add a source
    </Button>
  );
  return (
    <Panel title="Sources" hint="What sends events here" aside={isAdmin ? add : null}>
      <Loaded query={sources}>
        {(data) =>
          data.items.length > 0 ? (
            <Rows>
              {data.items.map((source) => (
                <SourceRow key={source.id} source={source} volume={byId.get(source.id)} />
              ))}
            </Rows>
          ) : (
            <Empty title="No source yet" action={isAdmin ? add : null}>
              Add one, then point your Segment library at this server, paste its address at a vendor, or send
              CloudEvents.
            </Empty>
          )
        }
      </Loaded>
      <SourceDialog opened={making} onClose={() => setMaking(false)} />
    </Panel>
  );
}
