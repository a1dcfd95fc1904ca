import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import type { TodayList } from '../api/types';
import { Icon, type IconName } from '../ui/icons';
import styles from './shell.module.css';

interface Place {
  to: '/' | '/accounts' | '/alerts' | '/renewals' | '/reports' | '/settings';
  label: string;
  icon: IconName;
  key: string;
}

/** The places of the console; `key` goes there after g. */
export const places: readonly Place[] = [
  { to: '/', label: 'Today', icon: 'today', key: 't' },
  { to: '/accounts', label: 'Accounts', icon: 'accounts', key: 'a' },
  { to: '/alerts', label: 'Alerts', icon: 'alerts', key: 'l' },
  { to: '/renewals', label: 'Renewals', icon: 'renewals', key: 'n' },
  { to: '/reports', label: 'Reports', icon: 'reports', key: 'p' },
  { to: '/settings', label: 'Settings', icon: 'settings', key: 'c' },
];

/** The links to all places; the landmark around them is the caller's. */
export function Nav(): ReactNode {
  const today = useQuery({
    queryKey: ['today', 'nav'],
    queryFn: ({ signal }) => api.get<TodayList>('/today', {}, signal),
    staleTime: 60_000,
  });
  const waiting = today.data?.items.length ?? 0;
  return (
    <div className={styles.nav}>
      {places.map((place) => (
        <Link
          key={place.to}
          to={place.to}
          className={styles.place}
          activeOptions={{ exact: place.to === '/', includeSearch: false }}
          activeProps={{ 'data-active': true }}
        >
          <Icon name={place.icon} size={18} />
          <span>{place.label}</span>
          {place.to === '/' && waiting > 0 ? (
            <span className={`${styles.badge} num`}>
              {waiting}
              <span className="sr-only"> accounts need you</span>
            </span>
          ) : null}
        </Link>
      ))}
    </div>
  );
}
