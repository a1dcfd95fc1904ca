import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import { roleWords } from '../format/words';
import { Icon } from '../ui/icons';
import { toastFailed } from '../ui/toast';
import { useMe } from './session';
import styles from './shell.module.css';

function initials(name: string): string {
  const parts = name.split(/\s+/).filter(Boolean);
  return `${parts[0]?.[0] ?? '?'}${parts.length > 1 ? (parts.at(-1)?.[0] ?? '') : ''}`.toUpperCase();
}

function useSignOut(): () => void {
  const client = useQueryClient();
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: () => api.delete('/session'),
    onSuccess: async () => {
      await navigate({ to: '/sign-in' });
      client.clear();
    },
    onError: (error) => toastFailed(error, 'You are still signed in'),
  });
  return () => signOut.mutate();
}

/** Who is signed in; colour scheme, keys, sign-out. */
export function AccountMenu({ compact = false, onKeys }: { compact?: boolean; onKeys: () => void }): ReactNode {
  const { person, tenant } = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const schemes = [
    { value: 'light', label: 'Light' },
    { value: 'dark', label: 'Dark' },
    { value: 'auto', label: 'As the system' },
  ] as const;
  return (
    <Menu position={compact ? 'bottom-end' : 'top-start'} width={220} withinPortal>
      <Menu.Target>
        <UnstyledButton className={styles.me} w={compact ? 'auto' : undefined}>
          <span className={styles.avatar} aria-hidden>
            {initials(person.name)}
          </span>
          {compact ? (
            <span className="sr-only">{person.name}: your menu</span>
          ) : (
            <span className={styles.meText}>
              <span>{person.name}</span>
              <small>{tenant.name}</small>
              <span className="sr-only">Your menu</span>
            </span>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {person.email} · {roleWords[person.role]}
        </Menu.Label>
        {schemes.map((scheme) => (
          <Menu.Item
            key={scheme.value}
            onClick={() => setColorScheme(scheme.value)}
            leftSection={<Icon name={scheme.value === 'dark' ? 'moon' : 'sun'} />}
            rightSection={colorScheme === scheme.value ? <Icon name="check" /> : null}
          >
            {scheme.label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={onKeys} rightSection={<kbd className="key">?</kbd>}>
          Keyboard
        </Menu.Item>
        <Menu.Item onClick={signOut}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
