import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AccountProfile } from '../../api/types';
import { useZone } from '../../app/session';
import { instant } from '../../format/dates';
import styles from './account.module.css';

/** A field that says on hover or focus which source it came from, and when. */
export function Sourced({
  from,
  children,
}: {
  from: AccountProfile['fields'][string] | undefined;
  children: ReactNode;
}): ReactNode {
  const zone = useZone();
  if (!from) return children;
  const label = `From ${from.source}, ${instant(from.time, zone)}`;
  return (
    <Tooltip label={label} events={{ hover: true, focus: true, touch: true }}>
      <button
        type="button"
        className={styles.sourced}
        style={{ all: 'unset', textDecoration: 'underline dotted var(--t-line-strong)', textUnderlineOffset: 4 }}
      >
        {children}
        <span className="sr-only"> ({label})</span>
      </button>
    </Tooltip>
  );
}
