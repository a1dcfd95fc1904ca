import { Button, Group, Modal, NumberInput, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import { describeError } from '../../api/problem';
import type { Pulses } from '../../api/types';
import { useMe, useNow, useZone } from '../../app/session';
import { addDays, day, dayIn } from '../../format/dates';
import { bandWords } from '../../format/words';
import { BandMark } from '../../ui/marks';
import { useChange } from '../../ui/use-change';
import { pulsesQuery } from './health.queries';
import styles from './score-panel.module.css';

type Colour = 'green' | 'yellow' | 'red';
const colours = (['green', 'yellow', 'red'] as const).map((value) => ({ value, label: bandWords[value] }));

function Why({
  value,
  onChange,
  error,
}: {
  value: string;
  onChange: (text: string) => void;
  error?: string;
}): ReactNode {
  return (
    <Textarea
      label="Why"
      required
      withAsterisk={false}
      autosize
      minRows={2}
      maxLength={500}
      data-autofocus
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function Buttons({ onClose, saving, ready }: { onClose: () => void; saving: boolean; ready: boolean }): ReactNode {
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onClose}>
        Cancel
      </Button>
      <Button type="submit" loading={saving} disabled={!ready}>
        Save
      </Button>
    </Group>
  );
}

function PulseForm({ accountId, onClose }: { accountId: string; onClose: () => void }): ReactNode {
  const [band, setBand] = useState<Colour>('yellow');
  const [reason, setReason] = useState('');
  const save = useChange({
    write: () => api.post(`/accounts/${encodeURIComponent(accountId)}/pulses`, { band, reason: reason.trim() }),
    refresh: ['account', accountId],
    said: 'Pulse saved; it holds for 60 days',
    quietErrors: true,
    onDone: onClose,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <SegmentedControl
          aria-label="How you see the account"
          data={colours}
          value={band}
          onChange={(value) => setBand(value as Colour)}
        />
        <Why value={reason} onChange={setReason} {...(save.error && { error: describeError(save.error) })} />
        <Buttons onClose={onClose} saving={save.isPending} ready={reason.trim() !== ''} />
      </Stack>
    </form>
  );
}

function OverrideForm({ accountId, onClose }: { accountId: string; onClose: () => void }): ReactNode {
  const today = dayIn(useNow(), useZone());
  const [score, setScore] = useState<number | null>(null);
  const [until, setUntil] = useState(addDays(today, 28));
  const [reason, setReason] = useState('');
  const save = useChange({
    write: () =>
      api.put(`/accounts/${encodeURIComponent(accountId)}/override`, {
        score,
        reason: reason.trim(),
        expiresAt: `${until}T23:59:59Z`,
      }),
    refresh: ['account', accountId],
    said: 'Set; it stands in the score as a line of its own',
    quietErrors: true,
    onDone: onClose,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group grow>
          <NumberInput
            label="Score"
            min={0}
            max={100}
            decimalScale={2}
            hideControls
            value={score ?? ''}
            onChange={(value) => setScore(typeof value === 'number' ? value : null)}
          />
          <TextInput
            type="date"
            label="Until"
            min={addDays(today, 1)}
            max={addDays(today, 365)}
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
        </Group>
        <Why value={reason} onChange={setReason} {...(save.error && { error: describeError(save.error) })} />
        <Buttons
          onClose={onClose}
          saving={save.isPending}
          ready={reason.trim() !== '' && score !== null && until !== ''}
        />
      </Stack>
    </form>
  );
}

function Standing({ accountId, opinions, mayWrite }: { accountId: string; opinions: Pulses; mayWrite: boolean }) {
  const path = `/accounts/${encodeURIComponent(accountId)}`;
  const withdraw = useChange({
    write: (what: 'pulses/current' | 'override') => api.delete(`${path}/${what}`),
    refresh: ['account', accountId],
    said: 'Taken back',
  });
  const { current, override } = opinions;
  const back = (what: 'pulses/current' | 'override', label: string): ReactNode =>
    mayWrite ? (
      <Button size="compact-xs" variant="subtle" aria-label={label} onClick={() => withdraw.mutate(what)}>
        Take back
      </Button>
    ) : null;
  return (
    <>
      {current ? (
        <p className={styles.sum}>
          <BandMark band={current.band} pill /> says {current.by.name}: {current.reason} (until{' '}
          {day(current.expiresAt.slice(0, 10))}) {back('pulses/current', 'Take the pulse back')}
        </p>
      ) : null}
      {override ? (
        <p className={styles.sum}>
          Set to <b className="num">{override.score ?? bandWords[override.band ?? 'yellow']}</b> by {override.by.name}:{' '}
          {override.reason} (until {day(override.expiresAt.slice(0, 10))}) {back('override', 'End the override')}
        </p>
      ) : null}
    </>
  );
}

/** What people say beside the score: a pulse, which never changes it, and an override, which is a line of it. */
export function Opinions({ accountId }: { accountId: string }): ReactNode {
  const [asking, setAsking] = useState<'pulse' | 'override' | null>(null);
  const mayWrite = useMe().person.role !== 'viewer';
  const opinions = useQuery(pulsesQuery(accountId));
  const close = (): void => setAsking(null);
  return (
    <div>
      {opinions.data ? <Standing accountId={accountId} opinions={opinions.data} mayWrite={mayWrite} /> : null}
      {mayWrite ? (
        <Group gap="xs" mt="xs">
          <Button size="xs" variant="default" onClick={() => setAsking('pulse')}>
            Give a pulse
          </Button>
          <Button size="xs" variant="default" onClick={() => setAsking('override')}>
            Override
          </Button>
        </Group>
      ) : null}
      <Modal
        opened={asking !== null}
        onClose={close}
        title={asking === 'override' ? 'Set the score yourself' : 'How do you see this account?'}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {asking === 'override' ? (
          <OverrideForm accountId={accountId} onClose={close} />
        ) : (
          <PulseForm accountId={accountId} onClose={close} />
        )}
      </Modal>
    </div>
  );
}
