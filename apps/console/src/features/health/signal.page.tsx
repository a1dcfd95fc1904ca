import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import { instant } from '../../format/dates';
import { plural } from '../../format/money';
import { severityWords, words } from '../../format/words';
import { useZone } from '../../app/session';
import { Panel } from '../../ui/panel';
import { Empty, Loaded } from '../../ui/states';
import { useChange } from '../../ui/use-change';
import { SignalDryRun } from './signal-dry-run';
import { shareSentence, type SignalDraft } from './signal-form';
import { SignalSettingsForm } from './signal-settings-form';
import { type SignalEntry, type SignalSettings, signalsCatalogueQuery, signalSettingsQuery } from './signal.queries';
import styles from './signal.module.css';

const statusWords = { live: 'delivers', stale: 'is stale', never: 'is not connected' };

function About({ entry }: { entry: SignalEntry }): ReactNode {
  const { feedback } = entry;
  const facts: [string, ReactNode][] = [
    ['Opens', entry.condition],
    ['Clears', entry.clears],
    ['Severity', `${severityWords[entry.baseSeverity]}, before what raises or lowers it`],
    ['Rests on', entry.inputs.map(({ kind, status }) => `${kind} (${statusWords[status]})`).join(', ')],
    [
      'Alerts',
      <Link key="alerts" to="/alerts" search={{ signal: entry.signal }} className="text-link">
        {entry.openNow} open, {entry.fired90Days} in 90 days
      </Link>,
    ],
    ['Precision', `${shareSentence(entry.precision)}: marked useful, or followed by a loss within 180 days`],
    ['People said', `${feedback.useful} useful, ${feedback.notUseful} not, ${feedback.tooEarly} too early`],
    ['Next step', entry.recommendedAction],
  ];
  return (
    <Panel title={entry.title} hint={entry.standing ? 'A standing mark: shown, never pushed.' : words(entry.signal)}>
      <dl className={styles.facts}>
        {facts.map(([term, text]) => (
          <div key={term} style={{ display: 'contents' }}>
            <dt>{term}</dt>
            <dd className="num">{text}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function Versions({ history }: { history: SignalSettings['history'] }): ReactNode {
  const zone = useZone();
  if (history.length === 0) return null;
  return (
    <Panel title="Changes" hint={plural(history.length, 'version')}>
      <Stack gap={6}>
        {history.map(({ version, changedBy, changedAt, note, settings }) => (
          <p key={version} className={styles.note}>
            <b className="num">{version}</b> {settings === null ? 'back to the catalogue’s own' : 'set'} by {changedBy},{' '}
            {instant(changedAt, zone)}
            {note ? `: ${note}` : ''}
          </p>
        ))}
      </Stack>
    </Panel>
  );
}

const dayOf = (daysAgo: number): string => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

function Editor({ settings, entry }: { settings: SignalSettings; entry: SignalEntry }): ReactNode {
  const [before] = useState<SignalDraft>({
    off: settings.off,
    parameters: settings.parameters,
    segments: settings.segments,
  });
  const [draft, setDraft] = useState(before);
  const [studyId, setStudyId] = useState<string | null>(null);
  const run = useChange({
    write: () =>
      api.post<{ studyId: string }>(`/signals/${encodeURIComponent(settings.signal)}/dry-run`, {
        ...draft,
        from: dayOf(365),
        to: dayOf(1),
      }),
    refresh: ['signals', 'dry-run'],
    onDone: (asked) => setStudyId(asked.studyId),
  });
  return (
    <div className={styles.grid}>
      <Stack>
        <About entry={entry} />
        <Versions history={settings.history} />
      </Stack>
      <Stack>
        <SignalSettingsForm
          settings={settings}
          draft={draft}
          onChange={setDraft}
          changed={draft !== before}
          aside={
            <Button variant="default" loading={run.isPending} onClick={() => run.mutate(undefined)}>
              Try on the last year
            </Button>
          }
        />
        {studyId ? <SignalDryRun key={studyId} studyId={studyId} /> : null}
      </Stack>
    </div>
  );
}

/** One signal: what it looks for, how often it was right, how sensitive it is, and what another choice would have done. */
export function SignalPage(): ReactNode {
  const { signal } = useParams({ from: '/shell/settings/signals/$signal' });
  const catalogue = useQuery(signalsCatalogueQuery);
  const settings = useQuery(signalSettingsQuery(signal));
  return (
    <Stack>
      <Link to="/settings/signals" className="text-link">
        All signals
      </Link>
      <Loaded query={settings} rows={8}>
        {(own) => (
          <Loaded query={catalogue} rows={8}>
            {({ items }) => {
              const entry = items.find((each) => each.signal === signal);
              if (!entry) return <Empty title="There is no such signal" />;
              return <Editor key={own.version} settings={own} entry={entry} />;
            }}
          </Loaded>
        )}
      </Loaded>
    </Stack>
  );
}
