import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMe, useZone } from '../../app/session';
import { instant } from '../../format/dates';
import { isJudged, statusWords, troubled } from './source-words';
import styles from './source-notice.module.css';
import { sourcesQuery, volumesQuery } from './sources.queries';

/** Tells admins that a source fell silent or left its usual volume: what is built on it may be wrong by now. */
export function SourceNotice(): ReactNode {
  const isAdmin = useMe().person.role === 'admin';
  const zone = useZone();
  const sources = useQuery({ ...sourcesQuery, enabled: isAdmin });
  const volumes = useQuery({ ...volumesQuery, enabled: isAdmin });
  const byId = new Map(sources.data?.items.filter(isJudged).map((each) => [each.id, each]));
  const shown = troubled(volumes.data?.items ?? []).filter((each) => byId.has(each.sourceId));
  if (!isAdmin || shown.length === 0) return null;
  return (
    <aside className={styles.notice} aria-label="Sources that need a look">
      <ul>
        {shown.slice(0, 3).map((volume) => (
          <li key={volume.sourceId}>
            <Link to="/settings/sources/$sourceId" params={{ sourceId: volume.sourceId }} className="text-link">
              {byId.get(volume.sourceId)?.name}
            </Link>
            : {statusWords[volume.status].toLowerCase()}
            {volume.since ? ` since ${instant(volume.since, zone)}` : ''}. {volume.detail}
          </li>
        ))}
      </ul>
      {shown.length > 3 ? <Link to="/settings/sources">and {shown.length - 3} more</Link> : null}
    </aside>
  );
}
