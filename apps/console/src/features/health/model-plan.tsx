import { Button, Group, Stack, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import { count, shortMoney } from '../../format/money';
import { bandWords, nameOf, words } from '../../format/words';
import { BandMark } from '../../ui/marks';
import { Panel } from '../../ui/panel';
import { useChange } from '../../ui/use-change';
import { number } from './contributions';
import styles from './model.module.css';
import type { PlanResult } from './model.queries';
import { StudyView } from './study-view';

function Flow({ flow }: { flow: PlanResult['flow'] }): ReactNode {
  const moves = flow.filter(({ from, to }) => from !== to);
  if (moves.length === 0) return <p>No account changes band.</p>;
  return (
    <ul className={styles.changes}>
      {moves.map(({ from, to, accounts, arr }) => (
        <li key={`${from}>${to}`}>
          <b className="num">{count(accounts)}</b> {accounts === 1 ? 'account goes' : 'accounts go'} from{' '}
          {bandWords[from]} to {bandWords[to]}
          {Object.entries(arr).map(([currency, amount]) => (
            <span key={currency} className="num">
              , {shortMoney(amount, currency)}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

function Changing({ changing }: { changing: PlanResult['changing'] }): ReactNode {
  if (changing.length === 0) return null;
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label="Accounts that change band">
      <table className={styles.table}>
        <tbody>
          {changing.map((account) => (
            <tr key={account.accountId}>
              <td>
                <Link to="/accounts/$accountId" params={{ accountId: account.accountId }} className="link">
                  {nameOf(account)}
                </Link>
              </td>
              <td data-number className="num">
                {account.arr === null || account.currency === null ? '–' : shortMoney(account.arr, account.currency)}
              </td>
              <td>
                <BandMark band={account.from.band} /> → <BandMark band={account.to.band} />
              </td>
              <td data-number className="num">
                {account.from.score ?? '–'} → {account.to.score ?? '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Result({ result }: { result: PlanResult }): ReactNode {
  return (
    <Stack gap="xs">
      <p>
        <b className="num">
          {count(result.moved)} of {count(result.accounts)}
        </b>{' '}
        accounts get another score, by {number(result.meanChange)} points on average.
      </p>
      <Flow flow={result.flow} />
      <Changing changing={result.changing} />
      {result.alerts.length === 0 ? (
        <p className={styles.note}>No alert opens, ends or changes severity.</p>
      ) : (
        <ul className={styles.changes}>
          {result.alerts.slice(0, 20).map((alert) => (
            <li key={`${alert.accountId}/${alert.signal}`}>
              {words(alert.signal)} of {nameOf(alert)}: {alert.change} ({alert.from ?? 'none'} → {alert.to ?? 'none'})
            </li>
          ))}
        </ul>
      )}
    </Stack>
  );
}

function Publish({ version, onPublished }: { version: string; onPublished: () => void }): ReactNode {
  const [note, setNote] = useState('');
  const publish = useChange({
    write: () => api.post(`/models/${encodeURIComponent(version)}/publish`, { note: note.trim() }),
    refresh: ['models'],
    said: 'Published; every account is judged anew',
    onDone: onPublished,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    publish.mutate(undefined);
  };
  return (
    <form onSubmit={submit}>
      <Textarea
        label="Why"
        description="It stands in the list of publications"
        required
        withAsterisk={false}
        autosize
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="xs">
        <Button type="submit" disabled={!note.trim()} loading={publish.isPending}>
          Publish
        </Button>
      </Group>
    </form>
  );
}

/** What publishing would do to every account, and then the publishing itself. */
export function ModelPlanPanel({ studyId, onPublished }: { studyId: string; onPublished: () => void }): ReactNode {
  return (
    <Panel title="What publishing would do">
      <StudyView<PlanResult, { version: string }> studyId={studyId}>
        {(result, { question }) => (
          <Stack>
            <Result result={result} />
            <Publish version={question.version} onPublished={onPublished} />
          </Stack>
        )}
      </StudyView>
    </Panel>
  );
}
