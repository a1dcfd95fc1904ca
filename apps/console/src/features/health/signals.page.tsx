import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { plural } from '../../format/money';
import { Panel } from '../../ui/panel';
import { Row, Rows, Tag } from '../../ui/rows';
import { Loaded } from '../../ui/states';
import { shareSentence } from './signal-form';
import { type SignalEntry, signalsCatalogueQuery } from './signal.queries';
import styles from './signal.module.css';

function stateOf(entry: SignalEntry): { tone: string | undefined; text: string; title: string } {
  if (entry.off) return { tone: 'warn', text: 'Off', title: 'Switched off' };
  if (entry.live) return { tone: 'good', text: 'Live', title: 'What it rests on delivers' };
  const missing = entry.inputs.filter(({ status }) => status !== 'live').map(({ kind }) => kind);
  return { tone: undefined, text: 'No data', title: `Not connected or stale: ${missing.join(', ')}` };
}

function Entry({ entry }: { entry: SignalEntry }): ReactNode {
  const state = stateOf(entry);
  return (
    <Row
      title={
        <Link to="/settings/signals/$signal" params={{ signal: entry.signal }} className="text-link">
          {entry.title}
        </Link>
      }
      sub={entry.condition}
      state={
        <span className={styles.figures}>
          <span className="num">{plural(entry.openNow, 'alert')} open</span>
          <span className="num">{entry.fired90Days} in 90 days</span>
          <span className="num" title="Marked useful, or followed by a loss; with its 95 % interval">
            {shareSentence(entry.precision)}
          </span>
        </span>
      }
      actions={
        <>
          {entry.standing ? <Tag title="Shown, never pushed">Mark</Tag> : null}
          {entry.changed ? <Tag title="Set otherwise than the catalogue">Own</Tag> : null}
          <Tag tone={state.tone} title={state.title}>
            {state.text}
          </Tag>
        </>
      }
    />
  );
}

/** The catalogue of risk signals: what each looks for, whether it can see it, and how often it was right. */
export function SignalsPage(): ReactNode {
  const query = useQuery(signalsCatalogueQuery);
  return (
    <Panel title="Signals" hint="What raises an alert, how often it did, and how often it was right.">
      <Loaded query={query} rows={10}>
        {({ items }) => (
          <Rows>
            {items.map((entry) => (
              <Entry key={entry.signal} entry={entry} />
            ))}
          </Rows>
        )}
      </Loaded>
    </Panel>
  );
}
