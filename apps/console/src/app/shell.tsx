import { Button, UnstyledButton } from '@mantine/core';
import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Icon } from '../ui/icons';
import { useKeys } from '../ui/keys';
import { undoLatest } from '../ui/toast';
import { AccountMenu } from './account-menu';
import { JumpDialog } from './jump-dialog';
import { KeysDialog } from './keys-dialog';
import { useLive } from './live';
import { Nav, places } from './nav';
import styles from './shell.module.css';

function Brand(): ReactNode {
  return (
    <Link to="/" className={styles.brand} aria-label="Tenure: Today">
      <img src="/icon.svg" alt="" width={26} height={26} />
      Tenure
    </Link>
  );
}

function Away({ live }: { live: boolean }): ReactNode {
  return (
    <div role="status">
      {live ? null : (
        <span className={styles.away}>
          <i aria-hidden /> Live updates are paused
        </span>
      )}
    </div>
  );
}

/** g and then a letter goes to a place; ⌘K or / finds an account; ? shows the keys; z takes back. */
function useShellKeys(openJump: () => void, openKeys: () => void): void {
  const navigate = useNavigate();
  useHotkeys([['mod+K', openJump]]);
  const go = Object.fromEntries(places.map((place) => [`g ${place.key}`, () => void navigate({ to: place.to })]));
  useKeys({ ...go, '/': openJump, '?': openKeys, z: undoLatest });
}

/** The frame around every page: places at the side (at the bottom on a phone), search, the person's menu. */
export function Shell(): ReactNode {
  const live = useLive();
  const [jumping, setJumping] = useState(false);
  const [showKeys, setShowKeys] = useState(false);
  const small = useMediaQuery('(max-width: 61.99em)', undefined, { getInitialValueInEffect: false });
  useShellKeys(
    () => setJumping(true),
    () => setShowKeys(true),
  );
  return (
    <div className={styles.frame}>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      {small ? (
        <nav className={styles.topbar} aria-label="Tools">
          <Brand />
          <Away live={live} />
          <Button variant="subtle" px={10} onClick={() => setJumping(true)} aria-label="Find an account">
            <Icon name="search" size={19} />
          </Button>
          <AccountMenu compact onKeys={() => setShowKeys(true)} />
        </nav>
      ) : (
        <nav className={styles.side} aria-label="Main">
          <Brand />
          <UnstyledButton className={styles.jump} onClick={() => setJumping(true)}>
            <Icon name="search" /> Find an account <kbd className="key">/</kbd>
          </UnstyledButton>
          <Nav />
          <div className={styles.foot}>
            <Away live={live} />
            <AccountMenu onKeys={() => setShowKeys(true)} />
          </div>
        </nav>
      )}
      <main id="main" className={styles.main} tabIndex={-1}>
        <Outlet />
      </main>
      {small ? (
        <nav className={styles.bottom} aria-label="Main">
          <Nav />
        </nav>
      ) : null}
      <JumpDialog opened={jumping} onClose={() => setJumping(false)} />
      <KeysDialog opened={showKeys} onClose={() => setShowKeys(false)} />
    </div>
  );
}
