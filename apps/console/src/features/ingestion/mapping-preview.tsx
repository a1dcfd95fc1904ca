import { Button, Code, Group, JsonInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../api/client';
import { describeError } from '../../api/problem';
import type { MappingPreview } from '../../api/types';
import { Panel } from '../../ui/panel';
import { StateTag } from '../../ui/rows';
import { laidOut, readText } from './mapping-text';
import styles from './mapping.module.css';

type Item = MappingPreview['items'][number];

const outcomeWords: Record<Item['outcome'], string> = {
  accepted: 'accepted',
  held: 'held until its account is known',
  rejected: 'rejected',
  ping: 'a test of the connection, nothing is kept',
};

function Outcome({ item }: { item: Item }): ReactNode {
  return (
    <div className={styles.outcome}>
      <StateTag state={item.outcome} /> {outcomeWords[item.outcome]}
      {item.rule ? <> by the rule “{item.rule}”</> : null}
      {item.refusal ? (
        <p>
          {item.refusal.detail}
          {item.refusal.pointer ? (
            <>
              {' '}
              At <Code>{item.refusal.pointer}</Code>
            </>
          ) : null}
        </p>
      ) : null}
      {item.events.map(({ data, ...event }) => (
        <details key={event.id} open>
          <summary style={{ cursor: 'pointer' }}>
            <Code>{event.type}</Code> of {event.accountId ?? 'an account that is not known yet'}
          </summary>
          <Code block mt={6} tabIndex={0}>
            {laidOut({ ...event, data })}
          </Code>
        </details>
      ))}
    </div>
  );
}

/** Paste what the vendor sends, and see what it would become; nothing is kept. `draft` is a mapping that is not saved. */
export function MappingPreviewPanel(props: {
  sourceId: string;
  draft: object | undefined;
  text: string;
  onText: (text: string) => void;
}): ReactNode {
  const { sourceId, draft, text } = props;
  const payload = readText(text);
  const preview = useMutation({
    mutationFn: (sent: unknown) =>
      api.post<MappingPreview>(`/sources/${sourceId}/mapping/preview`, {
        payload: sent,
        ...(draft === undefined ? {} : { mapping: draft }),
      }),
  });
  return (
    <Panel
      title="Try it"
      hint={draft === undefined ? 'By the mapping in force' : 'By the mapping as it is being edited'}
    >
      <JsonInput
        label="What the vendor sends"
        placeholder="Paste the body of a webhook"
        value={text}
        onChange={props.onText}
        validationError="This is not valid JSON."
        autosize
        minRows={6}
        maxRows={18}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
      />
      <Group justify="flex-end" my="sm">
        <Button
          disabled={!payload.ok}
          loading={preview.isPending}
          onClick={() => (payload.ok ? preview.mutate(payload.value) : undefined)}
        >
          Show what becomes of it
        </Button>
      </Group>
      <div aria-live="polite">
        {preview.error ? <p role="alert">{describeError(preview.error)}</p> : null}
        {preview.data?.items.map((item, at) => (
          <Outcome key={at} item={item} />
        ))}
      </div>
    </Panel>
  );
}
