import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AccountProfile } from '../../api/types';
import { Loaded } from '../../ui/states';
import { AlertsPanel } from '../health/alerts-panel';
import { HistoryPanel } from '../health/history-panel';
import { ScorePanel } from '../health/score-panel';
import { UsagePanel } from '../health/usage-panel';
import { ArrPanel } from '../renewals/arr-panel';
import { AccountHead } from './account-head';
import { profileQuery } from './account.queries';
import { NotesPanel } from './notes-panel';
import { PeoplePanel } from './people-panel';
import { ChildrenPanel, ProfilePanel } from './profile-panel';
import { TicketsPanel } from './tickets-panel';
import { TimelinePanel } from './timeline-panel';
import styles from './account.module.css';

function Content({ account }: { account: AccountProfile }): ReactNode {
  const id = account.accountId;
  return (
    <>
      <AccountHead account={account} />
      <div className={styles.grid}>
        <div className={styles.col}>
          <AlertsPanel accountId={id} />
          <UsagePanel accountId={id} />
          <PeoplePanel accountId={id} />
          <TicketsPanel accountId={id} />
          <TimelinePanel accountId={id} />
        </div>
        <div className={styles.col}>
          <ScorePanel accountId={id} />
          <HistoryPanel accountId={id} />
          <NotesPanel accountId={id} />
          <ChildrenPanel account={account} />
          <ArrPanel accountId={id} />
          <ProfilePanel account={account} />
        </div>
      </div>
    </>
  );
}

function Loading(): ReactNode {
  return (
    <Stack role="status" aria-label="Loading">
      <Skeleton height={30} width={280} />
      <Skeleton height={18} width={200} />
      <div className={styles.grid}>
        <Skeleton height={420} radius="lg" />
        <Skeleton height={420} radius="lg" />
      </div>
    </Stack>
  );
}

/** One account: who it is, why it is how it is, what happened, what was said. */
export function AccountPage(): ReactNode {
  const { accountId } = useParams({ from: '/shell/accounts/$accountId' });
  const profile = useQuery(profileQuery(accountId));
  return (
    <Loaded query={profile} skeleton={<Loading />}>
      {(account) => <Content key={account.accountId} account={account} />}
    </Loaded>
  );
}
