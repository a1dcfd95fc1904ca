import { Link, Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageHead } from '../ui/panel';
import { useMe } from './session';
import styles from './settings.module.css';

const pages = [
  { to: '/settings/sources', label: 'Sources' },
  { to: '/settings/events', label: 'Events' },
  { to: '/settings/held', label: 'Held events' },
  { to: '/settings/import', label: 'Import', adminOnly: true },
  { to: '/settings/model', label: 'Health model' },
  { to: '/settings/prediction', label: 'Prediction' },
  { to: '/settings/signals', label: 'Signals' },
  { to: '/settings/destinations', label: 'Destinations' },
  { to: '/settings/people', label: 'People', adminOnly: true },
  { to: '/settings/keys', label: 'API keys', adminOnly: true },
  { to: '/settings/erasures', label: 'Erasures', adminOnly: true },
  { to: '/settings/digest', label: 'Daily digest' },
] as const;

export function SettingsLayout(): ReactNode {
  const isAdmin = useMe().person.role === 'admin';
  const shown = pages.filter((page) => isAdmin || !('adminOnly' in page));
  return (
    <>
      <PageHead title="Settings" />
      <nav aria-label="Settings" className={styles.tabs}>
        {shown.map((page) => (
          <Link key={page.to} to={page.to} className={styles.tab} activeProps={{ 'data-active': true }}>
            {page.label}
          </Link>
        ))}
      </nav>
      <Outlet />
    </>
  );
}
