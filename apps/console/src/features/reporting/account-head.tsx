import { Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AccountProfile } from '../../api/types';
import { OwnerName } from '../../app/owner-name';
import { useNow, useZone } from '../../app/session';
import { day, dayIn, daysAway, daysBetween } from '../../format/dates';
import { money, percent } from '../../format/money';
import { nameOf, words } from '../../format/words';
import { BandMark, TrendMark } from '../../ui/marks';
import { Sourced } from './sourced';
import { isNear } from './today-list';
import styles from './account.module.css';

const arrSources = { contracts: 'from contracts in force', profile: 'from the profile; no contract yet' };

function KeyFacts({ account }: { account: AccountProfile }): ReactNode {
  const zone = useZone();
  const now = useNow();
  const days = account.decisionDate ? daysBetween(dayIn(now, zone), account.decisionDate) : null;
  return (
    <dl className={`${styles.keyFacts} num`}>
      <div>
        <dt>Score</dt>
        <dd style={{ display: 'flex', alignItems: 'center', gap: 10 }}>
          {account.score === null ? '–' : Math.round(account.score)} <BandMark band={account.band} pill />
          <TrendMark trend={account.trend} />
        </dd>
        <dd>
          <small>coverage {percent(account.coverage)}</small>
        </dd>
      </div>
      <div>
        <dt>ARR</dt>
        <dd>
          {money(account.arr, account.currency)}
          <small>{account.arrSource ? arrSources[account.arrSource] : 'not known'}</small>
        </dd>
      </div>
      <div>
        <dt>Decision date</dt>
        <dd>
          {day(account.decisionDate)}
          <small data-near={isNear(days)}>{days === null ? 'no contract with an end' : daysAway(days)}</small>
        </dd>
      </div>
      <div>
        <dt>Owner</dt>
        <dd>
          <Sourced from={account.fields.owner ?? account.fields.team}>
            <OwnerName owner={account.owner} none="Nobody" />
          </Sourced>
        </dd>
      </div>
    </dl>
  );
}

/** Name, place in the customer base and the four facts that every conversation about an account starts from. */
export function AccountHead({ account }: { account: AccountProfile }): ReactNode {
  useDocumentTitle(`${nameOf(account)} · Tenure`);
  return (
    <>
      {account.mergedInto ? (
        <p className={styles.merged}>
          This account was merged into{' '}
          <Link to="/accounts/$accountId" params={{ accountId: account.mergedInto }}>
            {account.mergedInto}
          </Link>
          .
        </p>
      ) : null}
      <header className={styles.head}>
        <div className={styles.headMain}>
          <div className={styles.crumb}>
            <Link to="/accounts" className="link">
              Accounts
            </Link>
            {account.parent ? (
              <>
                {' / '}
                <Link to="/accounts/$accountId" params={{ accountId: account.parent.accountId }} className="link">
                  {nameOf(account.parent)}
                </Link>
              </>
            ) : null}
          </div>
          <Title order={1}>{nameOf(account)}</Title>
          <div className={styles.sub}>
            <Sourced from={account.fields.segment}>{words(account.segment)}</Sourced>
            <Sourced from={account.fields.stage}>{words(account.stage)}</Sourced>
            {account.kind === 'customer' || account.kind === null ? null : <span>{words(account.kind)}</span>}
            {account.plan ? <Sourced from={account.fields.plan}>{account.plan} plan</Sourced> : null}
          </div>
        </div>
        <KeyFacts account={account} />
      </header>
    </>
  );
}
