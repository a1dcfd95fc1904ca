import { Button, Group, Modal, NumberInput, Select, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import type { Renewal } from '../../api/types';
import { describeError } from '../../api/problem';
import type { Category, RenewalStage } from '../../api/types';
import { money } from '../../format/money';
import { categoryOrder, categoryWords, words } from '../../format/words';
import { toastDone } from '../../ui/toast';

export const stages: readonly RenewalStage[] = ['upcoming', 'preparing', 'in-discussion', 'committed', 'closed'];

/** Nobody calls a renewal closed: it is, by what becomes of its contracts. */
const callable = (present: RenewalStage): RenewalStage[] =>
  stages.filter((stage) => stage !== 'closed' || stage === present);

interface Call {
  category: Category;
  stage: RenewalStage;
  amount: number | null;
  probability: number | null;
  why: string;
}

/** Only what the person changed is sent: the rest stays the model's. */
function changes(renewal: Renewal, call: Call): Record<string, unknown> {
  const changed: Record<string, unknown> = { why: call.why };
  if (call.category !== renewal.category) changed.category = call.category;
  if (call.stage !== renewal.stage) changed.stage = call.stage;
  if (call.amount !== null && call.amount !== renewal.amounts.expected) changed.amount = call.amount;
  if (call.probability !== null && call.probability !== renewal.probability) changed.probability = call.probability;
  return changed;
}

function toNumber(value: string | number): number | null {
  return value === '' ? null : Number(value);
}

function CallForm({ renewal, onClose }: { renewal: Renewal; onClose: () => void }): ReactNode {
  const client = useQueryClient();
  const { category, stage, probability } = renewal;
  const [call, setCall] = useState<Call>({ category, stage, probability, amount: renewal.amounts.expected, why: '' });
  const set = (change: Partial<Call>): void => setCall((current) => ({ ...current, ...change }));
  const save = useMutation({
    mutationFn: () => api.post(`/renewals/${renewal.renewalId}/call`, changes(renewal, call)),
    onSuccess: async () => {
      onClose();
      toastDone(`Call saved for ${renewal.accountName ?? renewal.accountId}`);
      await client.invalidateQueries({ queryKey: ['renewals'] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group grow>
          <Select
            label="Category"
            allowDeselect={false}
            data={categoryOrder.map((value) => ({ value, label: categoryWords[value] }))}
            value={call.category}
            onChange={(value) => set({ category: value as Category })}
          />
          <Select
            label="Stage"
            allowDeselect={false}
            data={callable(stage).map((value) => ({ value, label: words(value) }))}
            value={call.stage}
            onChange={(value) => set({ stage: value as RenewalStage })}
          />
        </Group>
        <Group grow align="flex-start">
          <NumberInput
            label={`Expected (${renewal.currency})`}
            description={`Due ${money(renewal.amounts.due, renewal.currency)}`}
            thousandSeparator=","
            min={0}
            hideControls
            value={call.amount ?? ''}
            onChange={(value) => set({ amount: toNumber(value) })}
          />
          <NumberInput
            label="Probability, %"
            description="That it renews"
            min={0}
            max={100}
            hideControls
            value={call.probability === null ? '' : Math.round(call.probability * 100)}
            onChange={(value) => set({ probability: value === '' ? null : Number(value) / 100 })}
          />
        </Group>
        <Textarea
          label="Why"
          description="Kept with the call; this is how forecasts are learnt from"
          required
          withAsterisk={false}
          autosize
          minRows={2}
          value={call.why}
          error={save.error ? describeError(save.error) : undefined}
          onChange={(event) => set({ why: event.currentTarget.value })}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!call.why.trim()}>
            Save the call
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** A person's call on a renewal: what they expect and why, beside what the model said. */
export function CallDialog({ renewal, onClose }: { renewal: Renewal | null; onClose: () => void }): ReactNode {
  return (
    <Modal
      opened={renewal !== null}
      onClose={onClose}
      title={renewal ? `Call: ${renewal.accountName ?? renewal.accountId}` : ''}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {renewal ? <CallForm renewal={renewal} onClose={onClose} /> : null}
    </Modal>
  );
}
