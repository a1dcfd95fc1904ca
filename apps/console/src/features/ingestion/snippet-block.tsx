import { Button, Code, Group, SegmentedControl } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { Icon } from '../../ui/icons';
import type { Snippet } from './snippets';

/** Text to paste somewhere else, with a button that copies it. */
export function CopyBlock({ text, label }: { text: string; label: string }): ReactNode {
  const clipboard = useClipboard();
  return (
    <div style={{ position: 'relative' }}>
      <Code
        block
        tabIndex={0}
        role="region"
        aria-label={label}
        style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', paddingRight: 90 }}
      >
        {text}
      </Code>
      <Button
        size="compact-xs"
        variant="default"
        style={{ position: 'absolute', top: 6, right: 6 }}
        leftSection={<Icon name={clipboard.copied ? 'check' : 'copy'} size={13} />}
        aria-label={`${clipboard.copied ? 'Copied' : 'Copy'}: ${label}`}
        onClick={() => clipboard.copy(text)}
      >
        {clipboard.copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}

/** The ways to send, one shown at a time. */
export function SnippetBlock({ snippets }: { snippets: readonly Snippet[] }): ReactNode {
  const [chosen, setChosen] = useState(snippets[0]?.label);
  const shown = snippets.find((each) => each.label === chosen) ?? snippets[0];
  if (!shown) return null;
  return (
    <>
      {snippets.length > 1 ? (
        <Group mb={8}>
          <SegmentedControl
            size="xs"
            aria-label="How to send"
            value={shown.label}
            onChange={setChosen}
            data={snippets.map((each) => each.label)}
          />
        </Group>
      ) : null}
      <CopyBlock text={shown.text} label={shown.label} />
    </>
  );
}
