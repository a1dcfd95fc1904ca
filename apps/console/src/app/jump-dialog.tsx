import { Modal, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { api } from '../api/client';
import type { AccountPage } from '../api/types';
import { shortMoney } from '../format/money';
import { nameOf } from '../format/words';
import { Icon } from '../ui/icons';
import { ScoreMark } from '../ui/marks';
import { Empty, Lines } from '../ui/states';
import styles from './jump-dialog.module.css';

/** Arrow keys move between the field and the results, as in a list. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, a')];
  const next = stops[stops.indexOf(document.activeElement as HTMLElement) + step];
  event.preventDefault();
  next?.focus();
}

function Jump({ onClose }: { onClose: () => void }): ReactNode {
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 150);
  const found = useQuery({
    queryKey: ['accounts', 'jump', search],
    queryFn: ({ signal }) => api.get<AccountPage>('/accounts', { search, limit: 8 }, signal),
    placeholderData: keepPreviousData,
  });
  const items = found.data?.items ?? [];
  const openFirst = (): void => {
    const first = items[0];
    if (!first) return;
    onClose();
    void navigate({ to: '/accounts/$accountId', params: { accountId: first.accountId } });
  };
  return (
    <div onKeyDown={moveFocus}>
      <TextInput
        data-autofocus
        aria-label="Find an account"
        placeholder="Name or domain"
        size="md"
        value={typed}
        leftSection={<Icon name="search" />}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => (event.key === 'Enter' ? openFirst() : undefined)}
      />
      {found.isPending ? <Lines rows={4} /> : null}
      {found.data && items.length === 0 ? <Empty title="No account by that name" /> : null}
      <ul className={styles.list}>
        {items.map((item) => (
          <li key={item.accountId}>
            <Link
              className={styles.option}
              to="/accounts/$accountId"
              params={{ accountId: item.accountId }}
              onClick={onClose}
            >
              <ScoreMark score={item.score} band={item.band} />
              {nameOf(item)}
              <small className="num">{shortMoney(item.arr, item.currency)}</small>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function JumpDialog({ opened, onClose }: { opened: boolean; onClose: () => void }): ReactNode {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Find an account"
      yOffset="10vh"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Jump onClose={onClose} />
    </Modal>
  );
}
