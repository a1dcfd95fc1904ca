import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import { useMe } from '../../app/session';
import { day } from '../../format/dates';
import { count, shortMoney } from '../../format/money';
import { nameOf, words } from '../../format/words';
import { PageHead, Panel } from '../../ui/panel';
import { Empty, Loaded } from '../../ui/states';
import { useChange } from '../../ui/use-change';
import { type LastYear, lastYearQuery } from './prediction.queries';
import styles from './prediction.module.css';
import { StudyView } from './study-view';

function Figures({ year }: { year: LastYear }): ReactNode {
  const figures: [number, string][] = [
    [year.churned, 'customers lost'],
    [year.flaggedAhead, 'of them with an alert 60 days ahead or more'],
    [year.surprises, 'surprises: no alert before the decision'],
    [year.alertsPerCsmAndWeek, 'alerts per CSM and week'],
    [year.keptAlerted, `of ${count(year.kept)} kept customers had an alert`],
  ];
  return (
    <div className={styles.figures}>
      {figures.map(([value, label]) => (
        <div key={label}>
          <b className="num">{value}</b>
          <span>{label}</span>
        </div>
      ))}
    </div>
  );
}

function Lost({ year }: { year: LastYear }): ReactNode {
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label="Customers lost">
      <table className={styles.table}>
        <thead>
          <tr>
            <th>Customer</th>
            <th>Lost on</th>
            <th>ARR</th>
            <th>Days ahead</th>
            <th>What said so</th>
          </tr>
        </thead>
        <tbody>
          {year.lost.map((account) => (
            <tr key={account.accountId}>
              <td>
                <Link to="/accounts/$accountId" params={{ accountId: account.accountId }} className="link">
                  {nameOf(account)}
                </Link>
              </td>
              <td className="num">{day(account.lostOn)}</td>
              <td className="num">
                {account.arr === null || account.currency === null ? '–' : shortMoney(account.arr, account.currency)}
              </td>
              <td className="num">{account.flagged?.daysAhead ?? '–'}</td>
              <td>{account.flagged ? words(account.flagged.signal) : 'Nothing: a surprise'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Signals({ year }: { year: LastYear }): ReactNode {
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label="Signals of the year">
      <table className={styles.table}>
        <thead>
          <tr>
            <th>Signal</th>
            <th>Alerts</th>
            <th>Customers</th>
            <th>Of those, lost</th>
          </tr>
        </thead>
        <tbody>
          {year.signals.map((each) => (
            <tr key={each.signal}>
              <td>{words(each.signal)}</td>
              <td className="num">{count(each.alerts)}</td>
              <td className="num">{count(each.accounts)}</td>
              <td className="num">{count(each.lost)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Year({ year }: { year: LastYear }): ReactNode {
  return (
    <Stack>
      <Panel title={`${day(year.from)} to ${day(year.to)}`}>
        <p className={styles.verdict}>
          <b>{year.sentence}</b>
        </p>
        <Figures year={year} />
        <p className={styles.note}>
          Today’s signals were played over every day of the year, each with what was known on that day. Nobody was
          alerted.
        </p>
      </Panel>
      {year.lost.length > 0 ? (
        <Panel title="Customers lost">
          <Lost year={year} />
        </Panel>
      ) : null}
      {year.signals.length > 0 ? (
        <Panel title="Which signals spoke">
          <Signals year={year} />
        </Panel>
      ) : null}
    </Stack>
  );
}

/** "Your last 12 months": what these alerts would have said before anybody configured anything. */
export function LastYearPage(): ReactNode {
  const query = useQuery(lastYearQuery);
  const { role } = useMe().person;
  const [asked, setAsked] = useState<string | null>(null);
  const ask = useChange({
    write: () => api.post<{ studyId: string }>('/last-year'),
    refresh: ['studies', 'last-year'],
    onDone: ({ studyId }) => setAsked(studyId),
  });
  const button =
    role === 'admin' || role === 'leader' ? (
      <Button variant="default" size="sm" loading={ask.isPending} onClick={() => ask.mutate(undefined)}>
        Work it out anew
      </Button>
    ) : undefined;
  return (
    <>
      <PageHead
        title="Your last 12 months"
        sub="What today’s alerts would have said about your own past"
        aside={button}
      />
      <Loaded query={query} rows={8}>
        {({ study }) => {
          const studyId = asked ?? study?.studyId;
          if (!studyId)
            return <Empty title="Nothing to look at yet">Import a year of history, or ask for it here.</Empty>;
          return (
            <StudyView<LastYear> key={studyId} studyId={studyId}>
              {(year) => <Year year={year} />}
            </StudyView>
          );
        }}
      </Loaded>
    </>
  );
}
