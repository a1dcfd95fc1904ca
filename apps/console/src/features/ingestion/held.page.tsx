import { Button, Group, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { api } from '../../api/client';
import type { HeldGroup } from '../../api/types';
import type { AccountPage, Page } from '../../api/types';
import { useCanWrite, useNow, useZone } from '../../app/session';
import { ago } from '../../format/dates';
import { plural } from '../../format/money';
import { nameOf } from '../../format/words';
import { Panel } from '../../ui/panel';
import { Row, Rows } from '../../ui/rows';
import { Empty, Loaded } from '../../ui/states';
import { useChange } from '../../ui/use-change';
import { referenceText } from './held-reference';

interface Chosen {
  accountId: string;
  name: string;
}

/** What is applied cannot be taken out of an account again, so a choice waits for a moment in which it can be undone. */
const undoMs = 8_000;

function useChosen(apply: (accountId: string) => void): {
  account: Chosen | null;
  choose: (account: Chosen) => void;
  undo: () => void;
} {
  const [account, setAccount] = useState<Chosen | null>(null);
  const latest = useRef(apply);
  useEffect(() => {
    latest.current = apply;
  });
  useEffect(() => {
    if (!account) return undefined;
    const timer = setTimeout(() => {
      setAccount(null);
      latest.current(account.accountId);
    }, undoMs);
    return () => clearTimeout(timer);
  }, [account]);
  return { account, choose: setAccount, undo: () => setAccount(null) };
}

function AccountPicker({ label, onPick }: { label: string; onPick: (account: Chosen) => void }): ReactNode {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, 200);
  const found = useQuery({
    queryKey: ['accounts', 'jump', search],
    queryFn: ({ signal }) => api.get<AccountPage>('/accounts', { search, limit: 8 }, signal),
  });
  return (
    <Select
      aria-label={label}
      placeholder="Another account"
      size="xs"
      w={200}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      data={found.data?.items.map((item) => ({ value: item.accountId, label: nameOf(item) })) ?? []}
      value={null}
      onChange={(value, option) => (value && option ? onPick({ accountId: value, name: option.label }) : undefined)}
    />
  );
}

function HeldRow({ group }: { group: HeldGroup }): ReactNode {
  const canWrite = useCanWrite();
  const now = useNow();
  const zone = useZone();
  const name = referenceText(group.reference);
  const match = useChange({
    write: (accountId: string) =>
      api.post<{ applied: number }>('/held/match', { reference: group.reference, accountId }),
    refresh: ['held'],
    said: ({ applied }) => `${plural(applied, 'event')} applied`,
  });
  const chosen = useChosen((accountId) => match.mutate(accountId));
  return (
    <Row
      title={name}
      sub={`${plural(group.count, 'event')} · ${group.type} · since ${ago(group.receivedAt, now, zone)}`}
      actions={
        chosen.account ? (
          <Group gap={6} role="status">
            <span style={{ fontSize: 13.5 }}>Goes to {chosen.account.name} in a moment</span>
            <Button
              size="compact-sm"
              variant="light"
              aria-label={`Undo: ${name} is ${chosen.account.name}`}
              onClick={chosen.undo}
            >
              Undo
            </Button>
          </Group>
        ) : canWrite ? (
          <Group gap={6}>
            {group.suggestions.map((suggestion) => (
              <Button
                key={suggestion.accountId}
                size="compact-sm"
                variant="default"
                title={suggestion.why}
                loading={match.isPending}
                aria-label={`${name} is ${nameOf(suggestion)}: ${suggestion.why}`}
                onClick={() => chosen.choose({ accountId: suggestion.accountId, name: nameOf(suggestion) })}
              >
                {nameOf(suggestion)}
              </Button>
            ))}
            <AccountPicker label={`The account of ${name}`} onPick={chosen.choose} />
          </Group>
        ) : null
      }
    />
  );
}

/** Events whose account is not known yet: they wait here and are applied, with their own time, once matched. */
export function HeldPage(): ReactNode {
  const held = useQuery({
    queryKey: ['held'],
    queryFn: ({ signal }) => api.get<Page<HeldGroup>>('/held', { limit: 200 }, signal),
  });
  return (
    <Panel title="Held events" hint="Kept for 35 days; choose the account that each belongs to">
      <Loaded query={held}>
        {(data) =>
          data.items.length > 0 ? (
            <Rows>
              {data.items.map((group) => (
                <HeldRow key={group.id} group={group} />
              ))}
            </Rows>
          ) : (
            <Empty title="Nothing is held">Every event that came in found its account.</Empty>
          )
        }
      </Loaded>
    </Panel>
  );
}
